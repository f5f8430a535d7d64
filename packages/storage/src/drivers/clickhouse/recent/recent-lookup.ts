import type { RecentMetric } from './recent-metric.ts';
import type { RecentSeries } from './recent-series.ts';
import type { FoundSeries } from './series-labels.ts';

interface Lookup {
  /** Metrics that were looked in, as they were then. */
  readonly metrics: readonly { readonly metric: RecentMetric; readonly version: number }[];
  readonly series: readonly (RecentSeries | undefined)[];
}

/** Looks many series up, which is remembered for a list that is asked for again. */
export class RecentLookup {
  readonly #known = new WeakMap<readonly FoundSeries[], Lookup>();

  /** What is kept of each series in the list. */
  find(list: readonly FoundSeries[], metrics: readonly RecentMetric[]): readonly (RecentSeries | undefined)[] {
    const known = this.#known.get(list);
    if (known !== undefined && isCurrent(known, metrics)) {
      return known.series;
    }
    const byId = new Map(metrics.map((metric) => [metric.metricId, metric]));
    const series = list.map(({ metricId, id }) => byId.get(metricId)?.series(id));
    this.#known.set(list, { metrics: metrics.map((metric) => ({ metric, version: metric.version })), series });
    return series;
  }
}

function isCurrent({ metrics }: Lookup, now: readonly RecentMetric[]): boolean {
  return (
    metrics.length === now.length &&
    metrics.every(({ metric, version }, place) => metric === now[place] && metric.version === version)
  );
}
