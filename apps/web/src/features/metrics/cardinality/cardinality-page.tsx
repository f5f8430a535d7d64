import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { MetricsTabs } from '../../../app/metrics-tabs.tsx';
import { PageHeader } from '../../../app/page-header.tsx';
import { useMay } from '../../../app/use-may.ts';
import { useOrgId } from '../../../app/use-org-id.ts';
import { asApiError } from '../../../lib/api-error.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { ProgressLine } from '../../../ui/progress-line.tsx';
import { Select } from '../../../ui/select.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { labelText, selectorText } from '../builder/print-builder-query.ts';
import { type Cardinality, cardinality } from '../metrics-api.ts';
import { exploreQueryPath } from './explore-path.ts';
import { UnusedSection } from './unused-section.tsx';

const LENGTHS = [20, 50, 200] as const;

/** A count, and the query that looks closer. */
interface Counted {
  readonly name: string;
  readonly count: number;
  readonly query: string;
}

/** Names with bars as long as their share of the largest. */
function CountList({
  title,
  unit,
  note,
  orgId,
  counts,
}: {
  readonly title: string;
  readonly unit: string;
  readonly note: string;
  readonly orgId: string;
  readonly counts: readonly Counted[];
}): ReactNode {
  const most = Math.max(1, ...counts.map(({ count }) => count));
  return (
    <section aria-label={title} className="min-w-0 rounded-lg border border-line bg-surface p-4">
      <h2 className="font-semibold text-base">{title}</h2>
      <p className="pb-2 text-muted text-xs">{note}</p>
      {counts.length === 0 ? <p className="text-muted">Nothing.</p> : null}
      <ol className="flex flex-col gap-1">
        {counts.map(({ name, count, query }) => (
          <li key={name} className="relative">
            <div
              aria-hidden
              className="absolute inset-y-0 left-0 rounded bg-selected"
              style={{ width: `${(count / most) * 100}%` }}
            />
            <Link
              to={exploreQueryPath(orgId, query)}
              title={`Explore ${query}`}
              className="relative flex min-w-0 justify-between gap-3 rounded px-2 py-1 hover:underline"
            >
              <span className="min-w-0 truncate font-mono text-xs">{name}</span>
              <span className="shrink-0 text-xs tabular-nums">
                {formatCount(count)} <span className="sr-only">{unit}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** `name=value`, as the server writes a pair. */
function pairQuery(pair: string): string {
  const at = pair.indexOf('=');
  const label = pair.slice(0, at);
  return `count by (__name__) (${selectorText('', [{ label, op: '=', value: pair.slice(at + 1) }])})`;
}

function Lists({ orgId, data }: { readonly orgId: string; readonly data: Cardinality }): ReactNode {
  const { headStats, seriesCountByMetricName, labelValueCountByLabelName, seriesCountByLabelValuePair } = data;
  return (
    <>
      <p className="text-base">
        <strong className="font-semibold text-2xl tabular-nums">{formatCount(headStats.numSeries)}</strong> active
        series
        {headStats.numLabelPairs > 0 ? `, ${formatCount(headStats.numLabelPairs)} pairs of label and value` : ''}
        <span className="block text-muted text-xs">With a sample in the last two hours.</span>
      </p>
      <div className="grid gap-4 lg:grid-cols-2 xl:grid-cols-3">
        <CountList
          title="Metrics"
          unit="series"
          note="Series of each metric."
          orgId={orgId}
          counts={seriesCountByMetricName.map(({ name, value }) => ({
            name,
            count: value,
            query: `count(${selectorText(name, [])})`,
          }))}
        />
        <CountList
          title="Labels"
          unit="values"
          note="Different values of each label. Ids and addresses as values make many series."
          orgId={orgId}
          counts={labelValueCountByLabelName
            .filter(({ name }) => name !== '__name__')
            .map(({ name, value }) => ({
              name,
              count: value,
              query: `topk(20, count by (${labelText(name)}) (${selectorText('', [{ label: name, op: '!=', value: '' }])}))`,
            }))}
        />
        <CountList
          title="Labels with values"
          unit="series"
          note="Series that have just this value."
          orgId={orgId}
          counts={seriesCountByLabelValuePair
            .filter(({ name }) => !name.startsWith('__name__='))
            .map(({ name, value }) => ({ name, count: value, query: pairQuery(name) }))}
        />
      </div>
    </>
  );
}

/** Where the organization's series come from. */
export function CardinalityPage(): ReactNode {
  const orgId = useOrgId();
  const { may } = useMay(orgId);
  const [parameters, setParameters] = useSearchParams();
  const length = LENGTHS.find((each) => String(each) === parameters.get('top')) ?? LENGTHS[0];
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['metrics', 'cardinality', orgId, length],
    queryFn: ({ signal }) => cardinality(orgId, length, signal),
    placeholderData: (before) => before,
  });
  return (
    <>
      <PageHeader title="Cardinality" within="Metrics">
        <Select
          aria-label="Length of the lists"
          value={length}
          onChange={({ target }) =>
            setParameters(target.value === String(LENGTHS[0]) ? {} : { top: target.value }, { replace: true })
          }
        >
          {LENGTHS.map((each) => (
            <option key={each} value={each}>
              Top {each}
            </option>
          ))}
        </Select>
      </PageHeader>
      <MetricsTabs orgId={orgId} />
      <div className="scrollbar-slim relative min-h-0 flex-1 overflow-y-auto">
        <ProgressLine active={isFetching} label="Counting" />
        {error !== null ? (
          <ErrorState error={asApiError(error)} onRetry={() => void refetch()} />
        ) : (
          <div className="flex flex-col gap-4 p-4 md:p-6">
            {data === undefined ? <Skeleton className="h-64" /> : <Lists orgId={orgId} data={data} />}
            {may('dashboards:read') ? <UnusedSection orgId={orgId} /> : null}
          </div>
        )}
      </div>
    </>
  );
}
