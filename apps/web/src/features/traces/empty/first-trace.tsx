import { PlugZap, Satellite } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { docsPath, ingestionPath, sendDataPath } from '../../../app/paths.ts';
import { Button } from '../../../ui/button.tsx';

/** Shown while the organization has no span at all: how to send some. */
export function FirstTrace({ orgId }: { readonly orgId: string }): ReactNode {
  return (
    <div className="scrollbar-slim min-h-0 flex-1 overflow-y-auto bg-surface px-4 py-10">
      <div className="mx-auto max-w-2xl">
        <Satellite aria-hidden className="size-6 text-subtle" />
        <h2 className="mt-2 font-semibold text-base">No spans yet</h2>
        <p className="mt-1 text-muted">
          A trace shows where a request spent its time, from service to service. OpenTelemetry’s agents and SDKs send
          them: set their endpoint and a key, and the first trace appears here.
        </p>
        <div className="mt-3 flex flex-wrap gap-2">
          <Button asChild variant="primary">
            <Link to={sendDataPath(orgId)}>
              <PlugZap aria-hidden />
              Create a key and send data
            </Link>
          </Button>
          <Button asChild>
            <Link to={docsPath(orgId)}>Read the guides</Link>
          </Button>
        </div>
        <p role="status" className="mt-6 flex items-center gap-2 text-muted">
          <span aria-hidden className="size-2 animate-pulse rounded-full bg-accent" />
          Waiting for the first span; it will appear here by itself.
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
