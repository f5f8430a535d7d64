import type { OperationsAnswer, OperationsRequest, OrgId, QueryBounds, ServiceReader } from '@aegisguard/model';
import { totalStats } from '@aegisguard/model';
import { type FigureRange, figureSelection, rangeView, secondsOf } from './figure-range.ts';
import { addRed, redView, slowSpanView } from './red-view.ts';

const NANOS_PER_MS = 1e6;
/** Only so many of those with most calls are ordered by a quantile. */
const QUANTILES_MAX = 2_000;

/** What a service does in a range. */
export async function listOperations(
  reader: ServiceReader,
  orgId: OrgId,
  request: OperationsRequest,
  range: FigureRange,
  bounds: QueryBounds,
): Promise<OperationsAnswer> {
  const { env, version, kinds, search, sort, limit } = request;
  const selection = {
    ...figureSelection(range, { env, version, kinds }),
    services: [request.service],
    ...(search === undefined || search === '' ? {} : { search: { in: 'name', text: search } as const }),
  };
  const by = ['name', 'kind'] as const;
  const all = await reader.measureSpans(orgId, { ...selection, by: [], durations: false }, bounds);
  const order = sort === 'total' ? 'nanos' : sort === 'p95' ? 'calls' : sort;
  const first = { by: order, limit: sort === 'p95' ? QUANTILES_MAX : limit + 1 } as const;
  const measured = await reader.measureSpans(orgId, { ...selection, by, durations: true, first }, bounds);
  const totalNanos = all.groups[0]?.nanos ?? 0;
  const operations = measured.groups.flatMap(({ name, kind, slowest, ...figures }) =>
    name === undefined || kind === undefined || slowest === undefined
      ? []
      : [
          {
            operation: name,
            kind,
            ...redView(addRed([figures]), secondsOf(range)),
            totalMs: figures.nanos / NANOS_PER_MS,
            totalRatio: totalNanos === 0 ? 0 : figures.nanos / totalNanos,
            slowest: slowSpanView(slowest),
          },
        ],
  );
  if (sort === 'p95') {
    operations.sort((left, right) => (right.p95Ms ?? 0) - (left.p95Ms ?? 0) || right.calls - left.calls);
  }
  return {
    ...rangeView(range),
    operations: operations.slice(0, limit),
    hasMore: operations.length > limit,
    stats: totalStats([all.stats, measured.stats]),
  };
}
