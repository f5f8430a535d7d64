import type { ChartAnnotation } from './frame.ts';

/** Annotations that are told at a time; more would cover the chart. */
const TOLD_MAX = 3;

/** The annotations nearest to a time, none of them further away than so many ms. */
export function annotationsAt(
  annotations: readonly ChartAnnotation[],
  ms: number,
  withinMs: number,
): readonly ChartAnnotation[] {
  const away = (each: ChartAnnotation): number => Math.abs(each.ms - ms);
  return annotations
    .filter((each) => away(each) <= withinMs)
    .toSorted((a, b) => away(a) - away(b))
    .slice(0, TOLD_MAX);
}
