import { evaluationError } from '../../functions/evaluation-error.ts';
import { formatGeneral } from '../../functions/format-general.ts';

/** Where Prometheus's 64-bit integers end: the greatest and the least float that is one. */
const INTEGER_MAX = 2 ** 63 - 1024;
const INTEGER_MIN = -(2 ** 63);

/** Whether a `k` that may differ from point to point takes any element at all. Throws `query-not-runnable` for one that is no count. */
export function takesAny(counts: Float64Array): boolean {
  const numbers = counts.filter((count) => !Number.isNaN(count));
  const [most, least] = [
    numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
    numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
  ];
  if (most < 1 && numbers.length === counts.length) {
    return false;
  }
  if (numbers.length < counts.length) {
    throw evaluationError('Parameter value is NaN');
  }
  if (least <= INTEGER_MIN) {
    throw evaluationError(`Scalar value ${formatGeneral(least)} underflows int64`);
  }
  if (most >= INTEGER_MAX) {
    throw evaluationError(`Scalar value ${formatGeneral(most)} overflows int64`);
  }
  return true;
}
