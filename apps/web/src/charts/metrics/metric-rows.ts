import type { Frame } from './frame.ts';
import { type Reduction, reduceValues } from './reduce-values.ts';

/** A series as a line of a table: its labels, and one value of each query that has it. */
export interface MetricRow {
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
  /** By the frame's place; null where the query has no such series. */
  readonly values: readonly (number | null)[];
}

/** Frames as a table: labels that occur as columns, then the queries' values. */
export interface MetricRows {
  readonly labels: readonly string[];
  readonly rows: readonly MetricRow[];
}

/** Joins the series of several queries by their labels, the metric's name apart. */
export function metricRows(frames: readonly Frame[], by: Reduction): MetricRows {
  const names = new Set<string>();
  const rows = new Map<string, { labels: Readonly<Record<string, string>>; values: (number | null)[] }>();
  frames.forEach(({ series }, place) => {
    for (const { labels, values, isCompared = false } of series) {
      if (isCompared) {
        continue;
      }
      const { __name__: name, ...others } = labels;
      const shown = frames.length === 1 && name !== undefined ? labels : others;
      const id = JSON.stringify(Object.entries(shown).sort(([a], [b]) => (a < b ? -1 : 1)));
      const row = rows.get(id) ?? { labels: shown, values: Array(frames.length).fill(null) };
      row.values[place] = reduceValues(values, by);
      rows.set(id, row);
      for (const label of Object.keys(shown)) {
        names.add(label);
      }
    }
  });
  return {
    labels: [...names].sort(),
    rows: [...rows].map(([id, row]) => ({ id, ...row })),
  };
}
