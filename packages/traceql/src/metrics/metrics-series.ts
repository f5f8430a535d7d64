import type { Scalar } from '../evaluate/value.ts';

/** A label as Tempo has it: `resource.service.name`, `p`, `__bucket`; undefined: the span does not have the field. */
export interface SeriesLabel {
  readonly name: string;
  readonly value: Scalar | undefined;
}

/** A span that stands for others of a series. */
export interface Exemplar {
  readonly traceId: string;
  readonly spanId: string;
  /** Unix nanoseconds. */
  readonly time: bigint;
  readonly value: number;
}

/** A value for each bucket of the grid; NaN where there is none. */
export interface MetricsSeries {
  readonly labels: readonly SeriesLabel[];
  readonly values: Float64Array;
  /** By time. */
  readonly exemplars: readonly Exemplar[];
}

/** A label's value as text. */
export function labelText({ value }: SeriesLabel): string {
  return value === undefined ? '<nil>' : String(value);
}

/** What tells series apart. */
export function seriesKey(labels: readonly SeriesLabel[]): string {
  return JSON.stringify(labels.map((label) => [label.name, typeof label.value, labelText(label)]));
}

/** In the order of their labels, so that an answer is the same every time. */
export function inOrder(series: readonly MetricsSeries[]): MetricsSeries[] {
  return series
    .map((one) => ({ one, key: one.labels.map(sortable) }))
    .sort((a, b) => compareLists(a.key, b.key))
    .map(({ one }) => one);
}

function sortable({ name, value }: SeriesLabel): readonly [string, number, string] {
  const number = typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NEGATIVE_INFINITY;
  return [name, number, String(value)];
}

function compareLists(a: readonly (readonly [string, number, string])[], b: typeof a): number {
  for (const [index, [name, number, text]] of a.entries()) {
    const [otherName = '', otherNumber = 0, otherText = ''] = b[index] ?? [];
    if (name !== otherName) {
      return name < otherName ? -1 : 1;
    }
    if (number !== otherNumber) {
      return number < otherNumber ? -1 : 1;
    }
    if (text !== otherText) {
      return text < otherText ? -1 : 1;
    }
  }
  return a.length - b.length;
}
