import type { TableColumn, ValueMapping } from '@aegisguard/model';
import type { ChartOptions } from './chart-options.ts';
import type { Frame, SeriesLabels } from './frame.ts';
import { reduceValues } from './reduce-values.ts';

/** A line of a table: its labels, and one value of each query that has it. */
export interface MetricRow {
  readonly id: string;
  readonly labels: SeriesLabels;
  /** By the frame's place; null where the query has no such series. */
  readonly values: readonly (number | null)[];
}

/** A column that is shown: a label's texts, or the values of the frame at a place. */
export interface ShownColumn {
  readonly by: string | number;
  readonly title: string;
  /** Null: the panel's. */
  readonly unit: string | null;
  readonly decimals: number | null;
  readonly mappings: readonly ValueMapping[];
}

/** Frames as a table. */
export interface MetricTableContent {
  readonly columns: readonly ShownColumn[];
  readonly rows: readonly MetricRow[];
}

/** What a frame's values are called: as a field, and for people. */
export interface FrameName {
  readonly ref: string;
  readonly title: string;
}

type TableOptions = Pick<ChartOptions, 'reduce' | 'columns' | 'hasOtherColumns'>;

function shownLabels(labels: SeriesLabels, frames: readonly Frame[]): SeriesLabels {
  const { __name__: name, ...others } = labels;
  return frames.length === 1 && name !== undefined ? labels : others;
}

function labelNames(frames: readonly Frame[]): readonly string[] {
  const all = frames.flatMap(({ series }) => series.flatMap(({ labels }) => Object.keys(shownLabels(labels, frames))));
  return [...new Set(all)].sort();
}

function placeOf(field: string, frames: readonly Frame[], names: readonly FrameName[]): number {
  return field === 'Value' && frames.length === 1 ? 0 : names.findIndex(({ ref }) => field === `Value ${ref}`);
}

/** Columns as they are asked for; labels that are not named stand before the first value, values that are not behind all. */
function shownColumns(
  frames: readonly Frame[],
  names: readonly FrameName[],
  { columns, hasOtherColumns }: TableOptions,
): readonly ShownColumn[] {
  const labels = labelNames(frames);
  const column = (by: string | number, theirs?: TableColumn): ShownColumn => {
    const usual =
      typeof by === 'string'
        ? by === '__name__'
          ? 'metric'
          : by
        : (names[by]?.title ?? (frames.length === 1 ? 'Value' : `Value ${by + 1}`));
    const { title = '', unit = null, decimals = null, mappings = [] } = theirs ?? {};
    return { by, title: title || usual, unit, decimals, mappings };
  };
  const known = columns.flatMap((theirs) => {
    const place = placeOf(theirs.field, frames, names);
    const by = place >= 0 && place < frames.length ? place : labels.includes(theirs.field) ? theirs.field : undefined;
    return by === undefined ? [] : [{ theirs, by }];
  });
  const named = new Set(known.map(({ by }) => by));
  const listed = known.filter(({ theirs }) => !theirs.isHidden).map(({ theirs, by }) => column(by, theirs));
  if (!hasOtherColumns) {
    return listed;
  }
  const firstValue = listed.findIndex(({ by }) => typeof by === 'number');
  const otherLabels = labels.filter((label) => !named.has(label)).map((label) => column(label));
  const otherValues = frames.flatMap((_, place) => (named.has(place) ? [] : [column(place)]));
  return [...listed.toSpliced(firstValue < 0 ? listed.length : firstValue, 0, ...otherLabels), ...otherValues];
}

/** Joins the series of several queries by the labels that are shown. What a query has several values for takes several lines; lines that read alike stand once. */
export function metricRows(
  frames: readonly Frame[],
  options: TableOptions,
  names: readonly FrameName[] = [],
): MetricTableContent {
  const columns = shownColumns(frames, names, options);
  const shown = new Set(columns.map(({ by }) => by));
  const groups = new Map<string, { labels: SeriesLabels; values: (number | null)[]; filled: Set<number> }[]>();
  frames.forEach(({ series }, place) => {
    for (const { labels, values, isCompared = false } of series) {
      if (isCompared) {
        continue;
      }
      const own = Object.fromEntries(
        Object.entries(shownLabels(labels, frames))
          .filter(([label]) => shown.has(label))
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      );
      const key = JSON.stringify(own);
      const group = groups.get(key) ?? [];
      groups.set(key, group);
      let row = group.find(({ filled }) => !(shown.has(place) && filled.has(place)));
      if (row === undefined) {
        row = { labels: own, values: Array(frames.length).fill(null), filled: new Set() };
        group.push(row);
      }
      row.values[place] = reduceValues(values, options.reduce);
      row.filled.add(place);
    }
  });
  const rows = [...groups].flatMap(([key, group]) =>
    group.map(({ labels, values }, index) => ({ id: `${key} ${index}`, labels, values })),
  );
  return { columns, rows };
}
