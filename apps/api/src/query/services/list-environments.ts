import type { EnvironmentsAnswer, EnvironmentsRequest, OrgId, QueryBounds, ServiceReader } from '@aegisguard/model';
import { totalStats } from '@aegisguard/model';
import { type FigureRange, rangeView } from './figure-range.ts';

/** The environments that spans of a range name. */
export async function listEnvironments(
  reader: ServiceReader,
  orgId: OrgId,
  { limit }: EnvironmentsRequest,
  range: FigureRange,
  bounds: QueryBounds,
): Promise<EnvironmentsAnswer> {
  const { groups, stats } = await reader.measureSpans(
    orgId,
    { ...range, by: ['env'], durations: false, first: { by: 'calls', limit: limit + 1 } },
    bounds,
  );
  return {
    ...rangeView(range),
    environments: groups.slice(0, limit).map(({ env = '', calls, errors }) => ({ env, spans: calls, errors })),
    hasMore: groups.length > limit,
    stats: totalStats([stats]),
  };
}
