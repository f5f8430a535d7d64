import type { Labels } from '@aegisguard/model';

/** One series at every point of the grid. Arrays are as long as the grid. */
export interface VectorSeries {
  /** Ordered by name. */
  readonly labels: Labels;
  /** 1 where there is a value. */
  readonly present: Uint8Array;
  /** Meaningful where `present` says so. */
  readonly values: Float64Array;
}

/** What a metric expression is over the grid. */
export type Value =
  | { readonly type: 'scalar'; readonly value: number }
  | { readonly type: 'vector'; readonly series: readonly VectorSeries[] };

/** A series without values. */
export function draftSeries(labels: Labels, points: number): VectorSeries {
  return { labels, present: new Uint8Array(points), values: new Float64Array(points) };
}

/** Gives a series a value at a point. */
export function setPoint({ present, values }: VectorSeries, point: number, value: number): void {
  present[point] = 1;
  values[point] = value;
}

/** The value of a series at a point; undefined where there is none. */
export function pointOf({ present, values }: VectorSeries, point: number): number | undefined {
  return present[point] === 1 ? values[point] : undefined;
}

/** Whether a series has any value. */
export function hasPoints({ present }: VectorSeries): boolean {
  return present.includes(1);
}
