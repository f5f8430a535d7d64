import type { TimeWindow } from './trace-model.ts';

const SECOND = 1e9;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** From half a minute on time is no longer counted in tens. */
const CLOCK_STEPS = [
  ...[10, 20, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 20, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR),
];

/** The shortest round time that is at least so long. */
function roundStep(least: number): number {
  const longest = CLOCK_STEPS.at(-1) ?? HOUR;
  // Days are counted in tens again.
  const unit = least > longest ? longest : 1;
  const decade = 10 ** Math.floor(Math.log10(least / unit)) * unit;
  const steps = least > 5 * SECOND && least <= longest ? CLOCK_STEPS : [1, 2, 5, 10].map((factor) => factor * decade);
  return steps.find((each) => each >= least) ?? least;
}

/** Moments of a window that are round numbers, at most so many of them, in nanoseconds. */
export function timeMarks({ from, until }: TimeWindow, countMax: number): readonly number[] {
  const span = until - from;
  if (span <= 0 || countMax < 1) {
    return [];
  }
  const step = roundStep(span / countMax);
  const marks: number[] = [];
  for (let at = Math.ceil(from / step); at * step < until && marks.length < countMax + 1; at++) {
    marks.push(at * step);
  }
  return marks;
}
