import type { ServiceTimelineAnswer } from '@aegisguard/model';
import { Boxes, ScrollText, Waypoints } from 'lucide-react';
import { type ReactNode, useCallback, useMemo } from 'react';
import { Link } from 'react-router';
import { PageHeader } from '../../app/page-header.tsx';
import { serviceMapPath, servicesPath } from '../../app/paths.ts';
import { useMay } from '../../app/use-may.ts';
import { useOrgId } from '../../app/use-org-id.ts';
import { millisWords } from '../../charts/metrics/duration-words.ts';
import type { ChartRange } from '../../charts/metrics/frame.ts';
import { asApiError } from '../../lib/api-error.ts';
import { formatCount } from '../../lib/number-format.ts';
import { absoluteRange } from '../../lib/time-range.ts';
import { useAddressView } from '../../lib/use-address-view.ts';
import { useHotkeys } from '../../lib/use-hotkeys.ts';
import { useRun } from '../../lib/use-run.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FilterChip } from '../../ui/filter-chip.tsx';
import { ProgressLine } from '../../ui/progress-line.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Stat } from '../../ui/stat.tsx';
import { Switch } from '../../ui/switch.tsx';
import { DependenciesSection } from './dependencies-section.tsx';
import { OperationsSection } from './operations-section.tsx';
import { RunControls } from './run-controls.tsx';
import { ServiceCharts } from './service-charts.tsx';
import { logsOfService, tracesOfService } from './service-links.ts';
import { basisWords, healthOf, rateWords, ratioWords } from './service-words.ts';
import {
  parseServiceView,
  presentParameters,
  printServiceView,
  type ServiceView,
  timedParameters,
} from './services-view.ts';
import { useDependencies, useOperations, useTimeline } from './use-services.ts';

/** Of all series of an answer together. */
function totals({ series }: ServiceTimelineAnswer) {
  const calls = series.reduce((sum, each) => sum + each.calls, 0);
  const errors = series.reduce((sum, each) => sum + each.errors, 0);
  const callsPerSecond = series.reduce((sum, each) => sum + each.callsPerSecond, 0);
  return { calls, errors, callsPerSecond, errorRatio: calls === 0 ? 0 : errors / calls };
}

function Figures({ answer }: { readonly answer: ServiceTimelineAnswer }): ReactNode {
  const { calls, errors, callsPerSecond, errorRatio } = totals(answer);
  const [only] = answer.series.length === 1 ? answer.series : [];
  const health = healthOf(errorRatio);
  const newest = answer.deployments.at(-1);
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Stat
        label="Calls"
        value={rateWords(callsPerSecond)}
        hint={`${formatCount(calls)} in all. ${answer.basis === null ? '' : basisWords(answer.basis)}`}
      />
      <Stat
        label="Errors"
        value={ratioWords(errorRatio)}
        hint={`${formatCount(errors)} of ${formatCount(calls)}`}
        tone={health === 'ok' ? 'neutral' : health}
      />
      <Stat
        label="Duration"
        value={only === undefined ? '–' : millisWords(only.p95Ms)}
        hint={
          only === undefined
            ? 'By version: see the chart'
            : `p95; half took at most ${millisWords(only.p50Ms)}, 99 of 100 at most ${millisWords(only.p99Ms)}`
        }
      />
      <Stat
        label="Versions"
        value={newest === undefined || newest.version === '' ? '–' : newest.version}
        hint={
          answer.deployments.length > 1
            ? `${answer.deployments.length} versions sent spans`
            : 'The resource attribute service.version'
        }
      />
    </dl>
  );
}

/** One service: rate, errors and durations over time, what it does, whom it calls. */
export function ServicePage(): ReactNode {
  const orgId = useOrgId();
  const { may } = useMay(orgId);
  const { view, change } = useAddressView(parseServiceView, printServiceView);
  const { range, refresh, env, service, operation, isByVersion } = view;
  const run = useRun(
    useMemo(
      () => ({ query: JSON.stringify([env, service, operation, isByVersion]), range, refresh }),
      [env, service, operation, isByVersion, range, refresh],
    ),
    orgId,
    false,
  );
  const timeline = useTimeline(orgId, view, run);
  const operations = useOperations(orgId, view, run);
  const dependencies = useDependencies(orgId, view, run);
  useHotkeys({ r: run.refresh });
  const timed = presentParameters(timedParameters(view)).toString();
  const onZoom = useCallback(
    ({ fromMs, toMs }: ChartRange) => change({ range: absoluteRange(fromMs, toMs) }),
    [change],
  );
  const onOperation = useCallback((chosen: string | undefined) => change({ operation: chosen }), [change]);
  return (
    <>
      <PageHeader
        title={service === '' ? '(no name)' : service}
        within={<Link to={{ pathname: servicesPath(orgId), search: timed }}>Services</Link>}
      >
        <RunControls orgId={orgId} view={view} run={run} change={change} />
      </PageHeader>
      <div className="scrollbar-slim relative min-h-0 flex-1 overflow-y-auto">
        <ProgressLine active={timeline.isFetching} label="Loading" />
        <div className="flex flex-col gap-3 p-3">
          <div className="flex flex-wrap items-center gap-2">
            {operation === undefined ? null : (
              <FilterChip
                label="Operation"
                value={operation === '' ? '(no name)' : operation}
                onRemove={() => change({ operation: undefined })}
              />
            )}
            <Switch
              label="By version"
              checked={isByVersion}
              onChange={({ target }) => change({ isByVersion: target.checked })}
            />
            <span className="ml-auto flex flex-wrap gap-2 max-sm:ml-0">
              <LinkButtons orgId={orgId} view={view} timed={timed} hasLogs={may('logs:read')} />
            </span>
          </div>
          {timeline.data === undefined ? (
            timeline.error === null ? (
              <Skeleton className="h-64 w-full" />
            ) : (
              <ErrorState error={asApiError(timeline.error)} onRetry={run.refresh} />
            )
          ) : timeline.data.series.length === 0 ? (
            <EmptyState icon={Boxes} title="No span of this service in this time range">
              It may have another name, or have sent nothing lately.
            </EmptyState>
          ) : (
            <>
              <Figures answer={timeline.data} />
              <ServiceCharts
                orgId={orgId}
                answer={timeline.data}
                range={{ fromMs: run.range.startMs, toMs: run.range.endMs }}
                onZoom={onZoom}
              />
            </>
          )}
          <OperationsSection orgId={orgId} view={view} operations={operations} onOperation={onOperation} />
          <DependenciesSection orgId={orgId} dependencies={dependencies} timed={timed === '' ? '' : `&${timed}`} />
        </div>
      </div>
    </>
  );
}

function LinkButtons({
  orgId,
  view,
  timed,
  hasLogs,
}: {
  readonly orgId: string;
  readonly view: ServiceView;
  readonly timed: string;
  readonly hasLogs: boolean;
}): ReactNode {
  const { service, operation } = view;
  const around = new URLSearchParams([['service', service], ...new URLSearchParams(timed)]);
  return (
    <>
      <Button asChild>
        <Link to={tracesOfService(orgId, view, { service, operation })}>
          <Waypoints aria-hidden />
          Traces
        </Link>
      </Button>
      {hasLogs ? (
        <Button asChild>
          <Link to={logsOfService(orgId, view, service)}>
            <ScrollText aria-hidden />
            Logs
          </Link>
        </Button>
      ) : null}
      <Button asChild>
        <Link to={`${serviceMapPath(orgId)}?${around}`}>
          <Boxes aria-hidden />
          On the map
        </Link>
      </Button>
    </>
  );
}
