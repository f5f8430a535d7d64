import { Satellite } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { sendDataPath } from '../../../app/paths.ts';
import { useOrgId } from '../../../app/use-org-id.ts';
import { FIRST_LOG_BODY, signedCurl } from '../../../lib/signed-curl.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';

/** Shown while the organization has no log at all: how to send one. */
export function FirstLog(): ReactNode {
  const orgId = useOrgId();
  const command = signedCurl({
    origin: location.origin,
    path: '/v1/logs',
    body: FIRST_LOG_BODY,
    key: '<key id>',
    secret: '<secret>',
  });
  return (
    <div className="scrollbar-slim min-h-0 flex-1 overflow-y-auto bg-surface px-4 py-10">
      <div className="mx-auto max-w-3xl">
        <Satellite aria-hidden className="size-6 text-subtle" />
        <h2 className="mt-2 font-semibold text-base">No logs yet</h2>
        <p className="mt-1 text-muted">
          Send the first one with the organization’s ingest key. The key and its secret were printed in the terminal
          when AegisGuard started for the first time, with a command ready to paste; the same command with your own
          values. For OpenTelemetry, Prometheus and agents, and to make a key,{' '}
          <Link to={sendDataPath(orgId)} className="text-accent underline underline-offset-2">
            see all ways to send data
          </Link>
          .
        </p>
        <div className="relative mt-4 rounded-md border border-line-strong bg-canvas">
          <pre className="whitespace-pre-wrap break-words p-3 pr-12 font-mono text-xs leading-5">{command}</pre>
          <CopyButton label="Copy command" className="absolute top-1.5 right-1.5 bg-canvas" text={() => command} />
        </div>
        <p role="status" className="mt-4 flex items-center gap-2 text-muted">
          <span aria-hidden className="size-2 animate-pulse rounded-full bg-accent" />
          Waiting for the first log; it will appear here by itself.
        </p>
      </div>
    </div>
  );
}
