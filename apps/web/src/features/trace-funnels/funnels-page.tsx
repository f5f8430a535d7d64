import { Funnel, ListOrdered } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useCallback, useMemo } from 'react';
import { Link } from 'react-router';
import { PageHeader } from '../../app/page-header.tsx';
import { docsPath } from '../../app/paths.ts';
import { useOrgId } from '../../app/use-org-id.ts';
import { asApiError } from '../../lib/api-error.ts';
import { isRelative } from '../../lib/time-range.ts';
import type { AddressView } from '../../lib/use-address-view.ts';
import { useAddressView } from '../../lib/use-address-view.ts';
import { useHotkeys } from '../../lib/use-hotkeys.ts';
import { type Run, useRun } from '../../lib/use-run.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { ProgressLine } from '../../ui/progress-line.tsx';
import { RefreshControl } from '../../ui/refresh-control.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TimePicker } from '../../ui/time-picker.tsx';
import { TracesTabs } from '../traces/traces-tabs.tsx';
import { type FunnelsView, isTold, parseFunnelsView, printFunnelsView, saidOfStep } from './funnels-view.ts';
import { stepOfError } from './steps/step-error.ts';
import { StepsForm } from './steps/steps-form.tsx';
import { type AnsweredFunnel, useFunnel } from './use-funnel.ts';

const SavedViewsMenu = lazy(async () => ({
  default: (await import('../saved-views/saved-views-menu.tsx')).SavedViewsMenu,
}));
const FunnelResult = lazy(async () => ({ default: (await import('./result/funnel-result.tsx')).FunnelResult }));

const A_DAY_MS = 86_400_000;

function Header({
  orgId,
  address: { view, change },
  run,
}: {
  readonly orgId: string;
  readonly address: AddressView<FunnelsView>;
  readonly run: Run;
}): ReactNode {
  const onOpen = useCallback((state: string) => change(parseFunnelsView(new URLSearchParams(state))), [change]);
  return (
    <PageHeader title="Trace funnels">
      <Suspense fallback={null}>
        <SavedViewsMenu orgId={orgId} page="funnels" state={printFunnelsView(view).toString()} onOpen={onOpen} />
      </Suspense>
      <TimePicker range={view.range} resolved={run.range} onChange={(range) => change({ range })} />
      <RefreshControl
        seconds={view.refresh}
        isPaused={false}
        onRefresh={run.refresh}
        onChange={(refresh) => change({ refresh }, true)}
      />
    </PageHeader>
  );
}

/** What is said where no trace enters. */
function NobodyEnters({
  run,
  address: { view, change },
}: {
  readonly run: Run;
  readonly address: AddressView<FunnelsView>;
}): ReactNode {
  const isShort = run.range.endMs - run.range.startMs < A_DAY_MS && isRelative(view.range);
  return (
    <EmptyState
      icon={Funnel}
      title="No trace enters the funnel in this time range"
      action={
        isShort ? (
          <Button onClick={() => change({ range: { from: 'now-24h', to: 'now' } })}>Look at the last 24 hours</Button>
        ) : undefined
      }
    >
      No span is of the first step.
    </EmptyState>
  );
}

function NotAsked({ orgId }: { readonly orgId: string }): ReactNode {
  return (
    <EmptyState
      icon={ListOrdered}
      title="Say which spans are of each step"
      action={
        <Button asChild>
          <Link to={docsPath(orgId, 'trace-funnels')}>How funnels work</Link>
        </Button>
      }
    >
      By a service, the name of a span, or TraceQL. Then you see how many traces go from step to step, how long it takes
      them, and where they are lost.
    </EmptyState>
  );
}

/** The answer, or what there is to say instead of it. */
function Result({
  orgId,
  address,
  run,
  funnel,
  isAsked,
}: {
  readonly orgId: string;
  readonly address: AddressView<FunnelsView>;
  readonly run: Run;
  readonly funnel: { readonly data: AnsweredFunnel | undefined; readonly error: Error | null; readonly isOld: boolean };
  readonly isAsked: boolean;
}): ReactNode {
  const { view, change } = address;
  if (!isAsked) {
    return <NotAsked orgId={orgId} />;
  }
  if (funnel.error !== null) {
    const error = asApiError(funnel.error);
    return stepOfError(error) === undefined ? (
      <ErrorState error={error} onRetry={run.refresh} />
    ) : (
      <EmptyState icon={ListOrdered} title={error.title}>
        The message in the step says where.
      </EmptyState>
    );
  }
  if (funnel.data === undefined) {
    return <Skeleton className="h-80" />;
  }
  if (funnel.data.answer.steps[0]?.traceCount === 0) {
    return <NobodyEnters run={run} address={address} />;
  }
  return (
    <Suspense fallback={<Skeleton className="h-80" />}>
      <FunnelResult
        orgId={orgId}
        funnel={funnel.data}
        view={view}
        run={run}
        isOld={funnel.isOld}
        onAt={(at) => change({ at }, true)}
        onRange={(range) => change({ range })}
      />
    </Suspense>
  );
}

/** Traces through ordered steps: where they are lost, and where they take long. */
export function FunnelsPage(): ReactNode {
  const orgId = useOrgId();
  const address = useAddressView(parseFunnelsView, printFunnelsView);
  const { view, now, change } = address;
  const { steps, range, refresh } = view;
  const run = useRun(
    useMemo(() => ({ query: JSON.stringify(steps.map(saidOfStep)), range, refresh }), [steps, range, refresh]),
    orgId,
    false,
  );
  const isAsked = steps.every(isTold);
  const { data, error, isFetching, isPlaceholderData } = useFunnel(orgId, steps, run, isAsked);
  useHotkeys({ r: run.refresh });
  const problem = error === null ? undefined : asApiError(error);
  const step = problem === undefined ? undefined : stepOfError(problem);
  return (
    <>
      <Header orgId={orgId} address={address} run={run} />
      <TracesTabs orgId={orgId} range={range} />
      <div className="scrollbar-slim relative min-h-0 flex-1 overflow-y-auto">
        <ProgressLine active={isFetching} label="Counting" />
        <div className="grid items-start gap-3 p-3 min-[88rem]:grid-cols-[24rem_minmax(0,1fr)]">
          <StepsForm
            orgId={orgId}
            range={run.range}
            steps={steps}
            stepsNow={() => now().steps}
            error={problem === undefined || step === undefined ? undefined : { step, problem }}
            onChange={(changed) => change({ steps: changed, at: undefined })}
          />
          <div className="min-w-0">
            <Result
              orgId={orgId}
              address={address}
              run={run}
              funnel={{ data, error, isOld: isPlaceholderData && isFetching }}
              isAsked={isAsked}
            />
          </div>
        </div>
      </div>
    </>
  );
}
