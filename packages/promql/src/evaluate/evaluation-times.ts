import type { VectorSelector } from '../syntax/ast/vector-selector.ts';

/** At which times a selector looks, for which points of the answer; both ascend and are equally long. */
export interface EvaluationTimes {
  /** Unix ms of the points. */
  readonly points: Float64Array;
  /** Unix ms at which the data is looked at: the point's own time, or what `@` says, less the offset. */
  readonly references: Float64Array;
}

/** The times of a selector on a grid, which has at least one point. */
export function evaluationTimes(
  points: Float64Array,
  { at, offsetMs }: Pick<VectorSelector, 'at' | 'offsetMs'>,
): EvaluationTimes {
  const fixed = { start: points[0], end: points.at(-1) };
  const atMs = typeof at === 'string' ? fixed[at] : at;
  return { points, references: points.map((pointMs) => (atMs ?? pointMs) - offsetMs) };
}
