// https://prometheus.io/docs/prometheus/latest/feature_flags/#extended-range-selectors
import { evaluationError } from '../../functions/evaluation-error.ts';
import type { FunctionCall } from '../../syntax/ast/function-call.ts';
import type { RangeVector, Value } from '../value.ts';

/** Functions that understand windows with edges of their own. */
const UNDERSTOOD_BY = {
  anchored: ['changes', 'delta', 'increase', 'rate', 'resets'],
  smoothed: ['delta', 'increase', 'rate'],
} as const;

/** Throws `query-not-runnable` when `anchored` or `smoothed` are used where they mean nothing. */
export function checkExtension({ name }: FunctionCall, values: readonly Value[]): void {
  for (const value of values) {
    if (value.type === 'matrix' && value.extension !== undefined) {
      checkOne(name, value, value.extension);
    }
  }
}

function checkOne(name: string, { series }: RangeVector, extension: 'anchored' | 'smoothed'): void {
  const functions: readonly string[] = UNDERSTOOD_BY[extension];
  if (!functions.includes(name)) {
    throw evaluationError(`${extension} modifier can only be used with: ${functions.join(', ')} - not with ${name}`);
  }
  if (series.some(({ histograms }) => histograms.length > 0)) {
    throw evaluationError('smoothed and anchored modifiers do not work with native histograms');
  }
}
