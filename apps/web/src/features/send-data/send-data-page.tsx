import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { PageHeader } from '../../app/page-header.tsx';
import { useMay } from '../../app/use-may.ts';
import { useOrgId } from '../../app/use-org-id.ts';
import { asApiError } from '../../lib/api-error.ts';
import { ingestEndpoints } from '../../lib/ingest-api.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ArrivalStatus } from './arrival-status.tsx';
import { KeyPanel } from './key-panel.tsx';
import { parseSendDataView, printSendDataView, type SendDataView } from './send-data-view.ts';
import { SnippetBlock } from './snippet-block.tsx';
import { isLoopback, type SendTarget, sendTarget } from './snippets/send-target.ts';
import { secretPlaceholder } from './snippets/snippet.ts';
import { useSendKeys } from './use-send-keys.ts';
import { WayList } from './way-list.tsx';

/** How to send data: a way, a key, what to paste, and whether it arrives. */
export function SendDataPage(): ReactNode {
  const orgId = useOrgId();
  const [parameters, setParameters] = useSearchParams();
  const view = useMemo(() => parseSendDataView(parameters), [parameters]);
  const onChoose = useCallback(
    (keyId: string | undefined) => setParameters(printSendDataView({ ...view, keyId }), { replace: true }),
    [view, setParameters],
  );
  const endpoints = useQuery({
    queryKey: ['ingest', 'endpoints', orgId],
    queryFn: ({ signal }) => ingestEndpoints(orgId, signal),
  });
  const target = useMemo(() => endpoints.data && sendTarget(endpoints.data), [endpoints.data]);
  return (
    <>
      <PageHeader title="Send data" />
      <div className="flex min-h-0 flex-1 flex-col bg-surface md:flex-row">
        <WayList view={view} />
        <div className="scrollbar-slim min-h-0 min-w-0 flex-1 overflow-y-auto px-4 py-5 md:px-8">
          <div className="flex max-w-3xl flex-col gap-5">
            {target !== undefined ? (
              <WayGuide orgId={orgId} view={view} target={target} onChoose={onChoose} />
            ) : endpoints.error === null ? (
              <GuideSkeleton />
            ) : (
              <ErrorState error={asApiError(endpoints.error)} onRetry={() => void endpoints.refetch()} />
            )}
          </div>
        </div>
      </div>
    </>
  );
}

function GuideSkeleton(): ReactNode {
  return (
    <>
      <Skeleton className="h-5 w-48" />
      <Skeleton className="h-8 w-72" />
      <Skeleton className="h-40 w-full" />
    </>
  );
}

/** One way from the key to the first record. */
function WayGuide({
  orgId,
  view: { way, keyId },
  target,
  onChoose,
}: {
  readonly orgId: string;
  readonly view: SendDataView;
  readonly target: SendTarget;
  readonly onChoose: (keyId: string | undefined) => void;
}): ReactNode {
  const { isKnown, may } = useMay(orgId);
  const keys = useSendKeys(orgId, way, keyId, may('keys:read'), onChoose);
  // Who may not read keys can still be sent a link that names one, and see what it brings.
  const watched = keys.chosen?.id ?? (!isKnown || may('keys:read') ? undefined : keyId);
  const snippets = way.snippets(target, {
    key: keys.chosen?.key ?? '<key id>',
    secret: keys.secret ?? secretPlaceholder(way),
  });
  return (
    <>
      <div>
        <h2 className="font-semibold text-lg">{way.label}</h2>
        <p className="mt-1 text-muted">{way.advice}</p>
      </div>
      {snippets.length === 0 ? (
        <Notice kind="info">The listener for this is off in this installation (its port is 0).</Notice>
      ) : (
        <>
          <KeyPanel way={way} keys={keys} mayCreate={may('keys:write')} onChoose={onChoose} />
          {isLoopback(target.host) ? (
            <p className="text-muted">
              <code className="font-mono text-xs">{target.host}</code> is this machine only. Elsewhere use its name or
              address, and let AegisGuard listen there (AEGIS_HOST).
            </p>
          ) : null}
          {watched !== undefined ? (
            <ArrivalStatus orgId={orgId} keyId={watched} origin={target.http} />
          ) : may('keys:read') ? (
            <p className="text-muted">
              With a key {may('keys:write') ? 'chosen or created' : 'chosen'}, it is said here when its first record
              arrives.
            </p>
          ) : null}
          {snippets.map((snippet) => (
            <SnippetBlock key={snippet.title} snippet={snippet} />
          ))}
        </>
      )}
    </>
  );
}
