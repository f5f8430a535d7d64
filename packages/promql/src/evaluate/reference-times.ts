import type { AtModifier, VectorSelector } from '../syntax/ast/vector-selector.ts';
import type { Evaluation } from './evaluation.ts';
import { resolveOffset } from './resolve-duration.ts';

/** The time that `@` fixes, in unix ms; undefined when it fixes none. */
export function fixedTime(at: AtModifier | undefined, { window }: Evaluation): number | undefined {
  if (at === 'start') {
    return window.startMs;
  }
  return at === 'end' ? window.endMs : at;
}

/** When a selector or subquery looks, for each point: the point's time or that of `@`, less the offset. Unix ms; ascending, as the points are. */
export function referenceTimes(
  evaluation: Evaluation,
  { at, offset }: Pick<VectorSelector, 'at' | 'offset'>,
  pointsMs: Float64Array,
): Float64Array {
  const atMs = fixedTime(at, evaluation);
  const offsetMs = resolveOffset(offset, evaluation.window);
  if (atMs !== undefined) {
    return new Float64Array(pointsMs.length).fill(atMs - offsetMs);
  }
  return offsetMs === 0 ? pointsMs : pointsMs.map((pointMs) => pointMs - offsetMs);
}
