import { LOG_LEVELS, type LogLevel, type LogMatrixAnswer } from '@aegisguard/model';

/** Lines that are drawn; more cannot be told apart. The table beside the chart has all. */
export const LINES_MAX = 50;

/** How many colours there are before they repeat; `--series-1` … in tokens.css. */
export const SERIES_COLORS = 8;

/** A colour token of tokens.css, without the dashes. */
export type SeriesColor = `level-${LogLevel}` | `series-${number}`;

/** One line of a chart, and its line in the table. */
interface LineSeries {
  /** `{level="error", service="api"}`. */
  readonly name: string;
  /** The token of its colour: its level's if it is told apart by level alone, else `series-1` … */
  readonly color: SeriesColor;
  readonly last: number;
  readonly most: number;
}

/** Lines over one common time axis, as uPlot wants them. */
export interface PreparedLines {
  readonly series: readonly LineSeries[];
  /** Unix seconds, then one list of values for each of the first `LINES_MAX` series; null where a series has no point. */
  readonly data: readonly [readonly number[], ...(readonly (number | null)[])[]];
}

function seriesName(labels: Readonly<Record<string, string>>): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `{${parts.join(', ')}}`;
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => (value > most || Number.isNaN(most) ? value : most), Number.NaN);
}

/** The colours of levels, when no two series share one. */
function levelColors({ series }: LogMatrixAnswer): ReadonlyMap<string, SeriesColor> | undefined {
  const colors = new Map(LOG_LEVELS.map((level) => [level as string, `level-${level}` as const]));
  const levels = new Set(series.map(({ labels }) => labels.level ?? ''));
  return levels.size === series.length && [...levels].every((level) => colors.has(level)) ? colors : undefined;
}

/** The times of a chart: those of the points, which stand a step apart, and one in each hole where no series has any, so that no line crosses it. */
function axisOf(times: ReadonlySet<number>): readonly number[] {
  const sorted = [...times].sort((a, b) => a - b);
  const step = sorted.reduce(
    (least, at, index) => Math.min(least, at - (sorted[index - 1] ?? Number.NEGATIVE_INFINITY)),
    Number.POSITIVE_INFINITY,
  );
  return sorted.flatMap((at, index) => {
    const before = sorted[index - 1];
    return before !== undefined && at - before > 1.5 * step ? [before + step, at] : [at];
  });
}

/** Puts all series over one time axis, the largest first. */
export function prepareLines(answer: LogMatrixAnswer): PreparedLines {
  const ranked = answer.series
    .map(({ labels, points }) => ({ labels, points, most: largest(points.map(([, value]) => value)) }))
    .sort((a, b) => (Number.isNaN(a.most) ? 1 : Number.isNaN(b.most) ? -1 : b.most - a.most));
  const times = axisOf(new Set(ranked.flatMap(({ points }) => points.map(([at]) => at))));
  const values = ranked.slice(0, LINES_MAX).map(({ points }) => {
    const byTime = new Map(points);
    return times.map((at) => {
      const value = byTime.get(at);
      return value === undefined || !Number.isFinite(value) ? null : value;
    });
  });
  const byLevel = levelColors(answer);
  return {
    series: ranked.map(({ labels, points, most }, index) => ({
      name: seriesName(labels),
      color: byLevel?.get(labels.level ?? '') ?? `series-${(index % SERIES_COLORS) + 1}`,
      last: points.at(-1)?.[1] ?? Number.NaN,
      most,
    })),
    data: [times, ...values],
  };
}

/** Places of the points that have no neighbour a line could be drawn to. */
export function lonePoints(values: readonly (number | null)[]): readonly number[] {
  return values.flatMap((value, index) =>
    value !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null ? [index] : [],
  );
}
