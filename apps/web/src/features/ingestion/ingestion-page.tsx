import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { PlugZap, X } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { Link } from 'react-router';
import { PageHeader } from '../../app/page-header.tsx';
import { sendDataPath } from '../../app/paths.ts';
import { useOrgId } from '../../app/use-org-id.ts';
import { asApiError } from '../../lib/api-error.ts';
import { ingestCounts } from '../../lib/ingest-api.ts';
import { absoluteRange, describeRange, isRelative } from '../../lib/time-range.ts';
import { type ChangeView, useAddressView } from '../../lib/use-address-view.ts';
import { useHotkeys } from '../../lib/use-hotkeys.ts';
import { type Run, useRun } from '../../lib/use-run.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { ProgressLine } from '../../ui/progress-line.tsx';
import { RefreshControl } from '../../ui/refresh-control.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TimePicker } from '../../ui/time-picker.tsx';
import { DropList } from './drop-list.tsx';
import { IngestChart } from './ingest-chart.tsx';
import { type IngestSummary, summarize } from './ingest-summary.ts';
import { type IngestionView, parseIngestionView, printIngestionView } from './ingestion-view.ts';
import { SendersTable } from './senders-table.tsx';
import { keyWords } from './words.ts';

/** What came in and what was refused, by whom and why. */
export function IngestionPage(): ReactNode {
  const orgId = useOrgId();
  const { view, change } = useAddressView(parseIngestionView, printIngestionView);
  const { range, refresh } = view;
  const run = useRun(
    useMemo(() => ({ query: '', range, refresh }), [range, refresh]),
    orgId,
    false,
  );
  const counts = useQuery({
    queryKey: ['ingest', 'counts', run.id],
    queryFn: ({ signal }) => ingestCounts(orgId, run.range, signal),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const { data } = counts;
  const summary = useMemo(
    () => data && summarize(data, { signal: view.signal, keyId: view.keyId }),
    [data, view.signal, view.keyId],
  );
  useHotkeys({ r: run.refresh });
  return (
    <>
      <PageHeader title="Ingestion">
        <TimePicker range={range} resolved={run.range} onChange={(chosen) => change({ range: chosen })} />
        <RefreshControl
          seconds={refresh}
          isPaused={false}
          onRefresh={run.refresh}
          onChange={(seconds) => change({ refresh: seconds }, true)}
        />
      </PageHeader>
      <div className="scrollbar-slim relative min-h-0 flex-1 overflow-y-auto bg-surface">
        <ProgressLine active={counts.isFetching} label="Loading" />
        {counts.error !== null ? (
          <ErrorState error={asApiError(counts.error)} onRetry={run.refresh} />
        ) : summary === undefined ? (
          <PageSkeleton />
        ) : summary.isEmpty ? (
          <NothingCame orgId={orgId} view={view} run={run} change={change} />
        ) : (
          <Counts summary={summary} view={view} run={run} change={change} />
        )}
      </div>
    </>
  );
}

function PageSkeleton(): ReactNode {
  return (
    <div className="flex flex-col gap-4 p-3">
      <Skeleton className="h-28 w-full" />
      <Skeleton className="h-6 w-2/3" />
      <Skeleton className="h-6 w-2/3" />
      <Skeleton className="h-6 w-1/2" />
    </div>
  );
}

function Counts({
  summary,
  view,
  run,
  change,
}: {
  readonly summary: IngestSummary;
  readonly view: IngestionView;
  readonly run: Run;
  readonly change: ChangeView<IngestionView>;
}): ReactNode {
  const named = summary.senders.find(({ keyId }) => keyId === view.keyId);
  return (
    <>
      <IngestChart
        histogram={summary.histogram}
        range={run.range}
        signal={view.signal}
        onSignal={(signal) => change({ signal })}
        onZoom={(startMs, endMs) => change({ range: absoluteRange(startMs, endMs) })}
      />
      <div className="flex flex-col gap-6 p-3 pt-4">
        {view.keyId === undefined ? null : (
          <p className="flex flex-wrap items-center gap-2">
            Only what came with the key{' '}
            <strong className="min-w-0 break-words">{keyWords(named ?? { keyId: view.keyId, keyName: null })}</strong>
            <Button size="sm" onClick={() => change({ keyId: undefined })}>
              <X aria-hidden />
              Show all keys
            </Button>
          </p>
        )}
        <section aria-labelledby="dropped">
          <h2 id="dropped" className="mb-2 font-semibold text-base">
            What was dropped and why
          </h2>
          <DropList drops={summary.drops} />
        </section>
        <section aria-labelledby="senders">
          <h2 id="senders" className="mb-1 font-semibold text-base">
            Who sends what
          </h2>
          {summary.senders.length === 0 ? (
            <p className="text-muted">Nothing under this filter.</p>
          ) : (
            <SendersTable senders={summary.senders} keyId={view.keyId} onKey={(keyId) => change({ keyId })} />
          )}
        </section>
      </div>
    </>
  );
}

function NothingCame({
  orgId,
  view,
  run,
  change,
}: {
  readonly orgId: string;
  readonly view: IngestionView;
  readonly run: Run;
  readonly change: ChangeView<IngestionView>;
}): ReactNode {
  const isShort = run.range.endMs - run.range.startMs < 86_400_000;
  return (
    <div className="mx-auto flex max-w-xl flex-col items-center gap-2 px-6 py-12 text-center">
      <PlugZap aria-hidden className="size-6 text-subtle" />
      <h2 className="font-semibold text-base">Nothing came in this time range</h2>
      <p className="text-muted">
        No request with a key of this organization in{' '}
        <span className="text-text">{describeRange(view.range, run.range)}</span>, neither accepted nor refused.
        Requests whose key is not known are nobody’s, so they are not counted here.
      </p>
      <div className="mt-2 flex flex-wrap justify-center gap-2">
        <Button asChild variant="primary">
          <Link to={sendDataPath(orgId)}>How to send data</Link>
        </Button>
        {isShort && isRelative(view.range) ? (
          <Button onClick={() => change({ range: { from: 'now-24h', to: 'now' } })}>Look at the last 24 hours</Button>
        ) : null}
      </div>
    </div>
  );
}
