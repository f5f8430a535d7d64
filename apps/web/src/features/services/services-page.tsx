import type { ServicesAnswer } from '@aegisguard/model';
import { Boxes, SearchX } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { Link } from 'react-router';
import { PageHeader } from '../../app/page-header.tsx';
import { sendDataPath, servicePath } from '../../app/paths.ts';
import { useOrgId } from '../../app/use-org-id.ts';
import { millisWords } from '../../charts/metrics/duration-words.ts';
import { MiniBars } from '../../charts/render/mini-bars.tsx';
import { asApiError } from '../../lib/api-error.ts';
import { formatCount } from '../../lib/number-format.ts';
import { isRelative } from '../../lib/time-range.ts';
import { type ChangeView, useAddressView } from '../../lib/use-address-view.ts';
import { useHotkeys } from '../../lib/use-hotkeys.ts';
import { useRun } from '../../lib/use-run.ts';
import { Button } from '../../ui/button.tsx';
import { type DataColumn, DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterInput } from '../../ui/filter-input.tsx';
import { ProgressLine } from '../../ui/progress-line.tsx';
import { Select } from '../../ui/select.tsx';
import { RunControls } from './run-controls.tsx';
import { basisWords, HEALTH_TEXT, healthOf, rateWords, ratioWords } from './service-words.ts';
import { ServicesTabs } from './services-tabs.tsx';
import {
  parseServicesView,
  presentParameters,
  printServicesView,
  type ServiceSort,
  type ServicesView,
  timedParameters,
} from './services-view.ts';
import { useServices } from './use-services.ts';

type ServiceRow = ServicesAnswer['services'][number];

const SORT_WORDS: Readonly<Record<ServiceSort, string>> = {
  calls: 'Most calls first',
  errors: 'Most errors first',
  'error-ratio': 'Highest share of errors first',
  p95: 'Slowest first',
  name: 'By name',
};
const A_DAY_MS = 86_400_000;

/** A figure with how it went. */
function Trend({
  words,
  className = '',
  counts,
  fill,
}: {
  readonly words: string;
  readonly className?: string;
  readonly counts: readonly number[];
  readonly fill: string;
}): ReactNode {
  return (
    <span className="flex items-center gap-3">
      <span className={`w-20 shrink-0 tabular-nums ${className}`}>{words}</span>
      <span className="w-28 max-md:hidden">
        <MiniBars counts={counts} className={fill} />
      </span>
    </span>
  );
}

function columnsOf(orgId: string, search: string): readonly DataColumn<ServiceRow>[] {
  return [
    {
      header: 'Service',
      cell: ({ service, basis, versions }) => (
        <span className="flex flex-wrap items-baseline gap-x-2">
          <Link
            to={`${servicePath(orgId, service)}${search === '' ? '' : `&${search}`}`}
            title={basisWords(basis)}
            className="break-all font-medium text-accent hover:underline"
          >
            {service === '' ? '(no name)' : service}
          </Link>
          {versions.slice(0, 2).map((version) => (
            <span key={version} className="text-subtle text-xs">
              {version}
            </span>
          ))}
        </span>
      ),
    },
    {
      header: 'Calls',
      cell: ({ calls, callsPerSecond, sparkline }) => (
        <span title={`${formatCount(calls)} calls`}>
          <Trend words={rateWords(callsPerSecond)} counts={sparkline.calls} fill="fill-series-1" />
        </span>
      ),
    },
    {
      header: 'Errors',
      cell: ({ errors, errorRatio, sparkline }) => (
        <span title={`${formatCount(errors)} errors`}>
          <Trend
            words={ratioWords(errorRatio)}
            className={HEALTH_TEXT[healthOf(errorRatio)]}
            counts={sparkline.errors}
            fill="fill-danger"
          />
        </span>
      ),
    },
    { header: 'p50', isNumber: true, cell: ({ p50Ms }) => millisWords(p50Ms) },
    { header: 'p95', isNumber: true, cell: ({ p95Ms }) => millisWords(p95Ms) },
    { header: 'p99', isNumber: true, cell: ({ p99Ms }) => millisWords(p99Ms) },
  ];
}

function Nothing({
  orgId,
  view,
  isShort,
  change,
}: {
  readonly orgId: string;
  readonly view: ServicesView;
  readonly isShort: boolean;
  readonly change: ChangeView<ServicesView>;
}): ReactNode {
  return view.search === undefined ? (
    <EmptyState
      icon={Boxes}
      title="No service sent spans in this time range"
      action={
        <div className="flex flex-wrap justify-center gap-2">
          <Button asChild variant="primary">
            <Link to={sendDataPath(orgId)}>How to send traces</Link>
          </Button>
          {isShort ? (
            <Button onClick={() => change({ range: { from: 'now-24h', to: 'now' } })}>Look at the last 24 hours</Button>
          ) : null}
        </div>
      }
    >
      Services appear here by themselves, from the traces that they send.
    </EmptyState>
  ) : (
    <EmptyState
      icon={SearchX}
      title="No service of that name"
      action={<Button onClick={() => change({ search: undefined })}>Show all services</Button>}
    />
  );
}

/** Every service with its rate, errors and durations. */
export function ServicesPage(): ReactNode {
  const orgId = useOrgId();
  const { view, change } = useAddressView(parseServicesView, printServicesView);
  const { range, refresh, env, search, sort } = view;
  const run = useRun(
    useMemo(
      () => ({ query: JSON.stringify([env, search, sort]), range, refresh }),
      [env, search, sort, range, refresh],
    ),
    orgId,
    false,
  );
  const services = useServices(orgId, view, run);
  useHotkeys({ r: run.refresh });
  const timed = presentParameters(timedParameters(view)).toString();
  const columns = useMemo(() => columnsOf(orgId, timed), [orgId, timed]);
  const list = {
    rows: services.data?.services,
    error: services.error === null ? undefined : asApiError(services.error),
    retry: run.refresh,
    more: undefined,
    isLoadingMore: false,
  };
  const isShort = run.range.endMs - run.range.startMs < A_DAY_MS && isRelative(range);
  return (
    <>
      <PageHeader title="Services">
        <RunControls orgId={orgId} view={view} run={run} change={change} />
      </PageHeader>
      <ServicesTabs orgId={orgId} search={timed} />
      <div className="scrollbar-slim relative min-h-0 flex-1 overflow-y-auto">
        <ProgressLine active={services.isFetching} label="Loading" />
        <div className="flex flex-col gap-3 p-3">
          <div className="flex flex-wrap gap-2">
            <FilterInput label="Name" value={search} onFilter={(text) => change({ search: text })} />
            <Select
              aria-label="Order"
              value={sort}
              onChange={({ target }) => change({ sort: target.value as ServiceSort })}
            >
              {Object.entries(SORT_WORDS).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </Select>
          </div>
          <div className="rounded-lg border border-line bg-surface">
            <DataTable
              label="Services"
              columns={columns}
              list={list}
              rowId={({ service }) => service}
              empty={<Nothing orgId={orgId} view={view} isShort={isShort} change={change} />}
            />
          </div>
          {services.data?.hasMore === true ? (
            <p className="text-muted">There are more services: narrow them down by their names.</p>
          ) : null}
        </div>
      </div>
    </>
  );
}
