import type { TimeWindow } from './trace-model.ts';

/** Moments of a window that are round numbers, at most so many of them, in nanoseconds. */
export function timeMarks({ from, until }: TimeWindow, countMax: number): readonly number[] {
  const span = until - from;
  if (span <= 0 || countMax < 1) {
    return [];
  }
  const least = span / countMax;
  const decade = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((factor) => factor * decade).find((each) => each >= least) ?? least;
  const marks: number[] = [];
  for (let at = Math.ceil(from / step); at * step < until && marks.length < countMax + 1; at++) {
    marks.push(at * step);
  }
  return marks;
}
