import type { Frame, FrameSeries } from './frame.ts';
import { sampleValue } from './sample-value.ts';

/** Cells of a heatmap that are drawn on the value axis; finer buckets are merged. */
const ROWS_MAX = 120;

/** One row of a heatmap: how many observations lay between two bounds at each time. */
interface HeatRow {
  readonly lower: number;
  readonly upper: number;
  readonly counts: readonly (number | null)[];
}

/** A heatmap's cells, from the lowest row. */
export interface HeatGrid {
  /** Unix ms. */
  readonly times: readonly number[];
  readonly rows: readonly HeatRow[];
  /** The largest count of a cell. */
  readonly most: number;
}

/** What all series of one bound sum up to. */
function sumByBound(series: readonly FrameSeries[], length: number): Map<number, (number | null)[]> {
  const sums = new Map<number, (number | null)[]>();
  for (const { labels, values } of series) {
    const bound = sampleValue(labels.le ?? '');
    if (labels.le === undefined || Number.isNaN(bound)) {
      continue;
    }
    const sum = sums.get(bound) ?? (Array(length).fill(null) as (number | null)[]);
    values.forEach((value, index) => {
      if (value !== null && !Number.isNaN(value)) {
        sum[index] = (sum[index] ?? 0) + value;
      }
    });
    sums.set(bound, sum);
  }
  return sums;
}

/** Rows of a classic histogram: its buckets count everything below their bound `le`, so that a row is a difference. */
function classicRows({ series, times }: Frame): readonly HeatRow[] {
  const bounds = [...sumByBound(series, times.length)].sort(([a], [b]) => a - b);
  return bounds.map(([upper, counts], place) => {
    const [lower, below] = bounds[place - 1] ?? [upper > 0 ? 0 : Number.NEGATIVE_INFINITY, undefined];
    return {
      lower,
      upper,
      // Buckets of one time may have been scraped at slightly different ones: less than nothing is nothing.
      counts: counts.map((count, index) => (count === null ? null : Math.max(0, count - (below?.[index] ?? 0)))),
    };
  });
}

/** Joins neighbouring rows until there are not too many. */
function merged(rows: readonly HeatRow[]): readonly HeatRow[] {
  const size = Math.ceil(rows.length / ROWS_MAX);
  if (size <= 1) {
    return rows;
  }
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, group) => {
    const part = rows.slice(group * size, (group + 1) * size);
    const counts = (part[0]?.counts ?? []).map((_, index) => {
      const known = part.flatMap((row) => row.counts[index] ?? []);
      return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
    });
    return { lower: part[0]?.lower ?? 0, upper: part.at(-1)?.upper ?? 0, counts };
  });
}

/** The heatmap of the first frame that has native histograms or buckets `le`; else each series is a row of its own, by its place. */
export function heatGrid(frames: readonly Frame[]): HeatGrid {
  const native = frames.find(({ buckets }) => buckets.length > 0);
  const classic = frames.find(({ series }) => series.some(({ labels }) => labels.le !== undefined));
  const frame = native ?? classic;
  const rows = merged(native?.buckets ?? (classic === undefined ? [] : classicRows(classic)));
  let most = 0;
  for (const { counts } of rows) {
    for (const count of counts) {
      most = Math.max(most, count ?? 0);
    }
  }
  return { times: frame?.times ?? [], rows, most };
}
