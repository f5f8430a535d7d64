// https://prometheus.io/docs/prometheus/latest/feature_flags/#extended-range-selectors
import { evaluationError } from '../../functions/evaluation-error.ts';
import type { FunctionCall } from '../../syntax/ast/function-call.ts';
import type { Value } from '../value.ts';

/** Functions that understand windows with edges of their own. */
const UNDERSTOOD_BY = {
  anchored: ['changes', 'delta', 'increase', 'rate', 'resets'],
  smoothed: ['delta', 'increase', 'rate'],
} as const;

/** Throws `query-not-runnable` when `anchored` or `smoothed` are used where they mean nothing. */
export function checkExtension({ name }: FunctionCall, values: readonly Value[]): void {
  for (const value of values) {
    if (value.type !== 'matrix' || value.extension === undefined) {
      continue;
    }
    const functions: readonly string[] = UNDERSTOOD_BY[value.extension];
    if (!functions.includes(name)) {
      throw evaluationError(
        `${value.extension} modifier can only be used with: ${functions.join(', ')} - not with ${name}`,
      );
    }
  }
}
