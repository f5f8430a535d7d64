import { ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { docsPath, settingsPath } from '../../app/paths.ts';
import { signedCurl } from '../../lib/signed-curl.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

const FIRST_EVENT_BODY =
  '{"events":[{"type":"vpn.login_failed","severity":"medium","actor":"ada","ip":"198.51.100.7","message":"wrong certificate"}]}';

/** What would stand here, and how to send events of one's own. */
export function NoEvents({
  orgId,
  onWiden,
}: {
  readonly orgId: string;
  /** Looks at a longer time; undefined when it is long already. */
  readonly onWiden: (() => void) | undefined;
}): ReactNode {
  const command = signedCurl({
    origin: location.origin,
    path: '/security-events/ingest',
    body: FIRST_EVENT_BODY,
    key: '<key id>',
    secret: '<secret>',
  });
  return (
    <div className="mx-auto max-w-3xl px-4 pb-6">
      <EmptyState
        icon={ShieldCheck}
        title="Nothing happened in this time range"
        action={
          <>
            {onWiden === undefined ? null : <Button onClick={onWiden}>Look at the last 30 days</Button>}
            <Button asChild>
              <Link to={docsPath(orgId, 'security-events')}>What is noticed</Link>
            </Button>
            <Button asChild>
              <Link to={settingsPath(orgId, 'api-keys')}>API keys</Link>
            </Button>
          </>
        }
      >
        Failed logins, refresh tokens used twice, revoked keys, wrong signatures and denied permissions appear here by
        themselves, and whatever your own systems report.
      </EmptyState>
      <p className="mb-2 text-muted">Report one yourself, with a signed key that may send security events:</p>
      <div className="relative rounded-md border border-line-strong bg-canvas">
        <pre className="whitespace-pre-wrap break-words p-3 pr-12 font-mono text-xs leading-5 [overflow-wrap:anywhere]">
          {command}
        </pre>
        <CopyButton label="Copy command" className="absolute top-1.5 right-1.5 bg-canvas" text={() => command} />
      </div>
    </div>
  );
}
