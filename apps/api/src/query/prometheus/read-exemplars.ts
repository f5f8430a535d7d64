import { AegisError, type LabelMatcher, type MetricReader, type OrgId, type QueryBounds } from '@aegisguard/model';
import type { SeriesExemplars } from './exemplar-views.ts';

/** Different selectors of a query. */
const SELECTORS_MAX = 100;
/** Exemplars of an answer; the store has the same bound for one selector. */
const EXEMPLARS_MAX = 100_000;

/** Exemplars of the series that any of the selectors selects, within one time and one size: a query of some thousand characters has hundreds of selectors. Ends are inclusive, in unix ms. */
export async function readExemplars(
  metrics: Pick<MetricReader, 'readExemplars'>,
  orgId: OrgId,
  selectors: readonly { readonly matchers: readonly LabelMatcher[] }[],
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  bounds: QueryBounds,
): Promise<readonly SeriesExemplars[]> {
  const different = [...new Map(selectors.map(({ matchers }) => [JSON.stringify(matchers), matchers])).values()];
  if (different.length > SELECTORS_MAX) {
    throw new AegisError('query-too-large', { detail: `The query has more than ${SELECTORS_MAX} selectors.` });
  }
  const endsMs = performance.now() + bounds.timeoutMs;
  const bySeries = new Map<string, SeriesExemplars>();
  let count = 0;
  for (const matchers of different) {
    // A selection begins after its start, the API's range with it.
    const selection = { matchers, startMs: startMs - 1, endMs };
    const timeoutMs = Math.max(0, endsMs - performance.now());
    for (const series of await metrics.readExemplars(orgId, selection, { ...bounds, timeoutMs })) {
      const key = JSON.stringify(series.labels);
      count += bySeries.has(key) ? 0 : series.exemplars.length;
      bySeries.set(key, series);
    }
    if (count > EXEMPLARS_MAX) {
      throw new AegisError('query-too-large', { detail: `The query selects more than ${EXEMPLARS_MAX} exemplars.` });
    }
  }
  return [...bySeries.values()];
}
