import { PlugZap, Satellite } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ingestionPath, sendDataPath } from '../../../app/paths.ts';
import { useOrgId } from '../../../app/use-org-id.ts';
import { FIRST_LOG_BODY, signedCurl } from '../../../lib/signed-curl.ts';
import { Button } from '../../../ui/button.tsx';
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
          From OpenTelemetry, an agent or your own code: make a key, paste what is shown, and see the first record
          arrive.
        </p>
        <Button asChild variant="primary" className="mt-3">
          <Link to={sendDataPath(orgId)}>
            <PlugZap aria-hidden />
            Create a key and send data
          </Link>
        </Button>
        <p className="mt-6 text-muted">
          Or use the key that was printed in the terminal when AegisGuard started for the first time: put it and its
          secret into this command.
        </p>
        <div className="relative mt-2 rounded-md border border-line-strong bg-canvas">
          <pre className="whitespace-pre-wrap break-words p-3 pr-12 font-mono text-xs leading-5">{command}</pre>
          <CopyButton label="Copy command" className="absolute top-1.5 right-1.5 bg-canvas" text={() => command} />
        </div>
        <p role="status" className="mt-4 flex items-center gap-2 text-muted">
          <span aria-hidden className="size-2 animate-pulse rounded-full bg-accent" />
          Waiting for the first log; it will appear here by itself.
        </p>
        <p className="mt-1 text-muted">
          Sent one, and nothing appears?{' '}
          <Link to={ingestionPath(orgId)} className="text-accent underline underline-offset-2">
            See what was refused and why
          </Link>
          .
        </p>
      </div>
    </div>
  );
}
