import type { Labels } from '@aegisguard/model';
import { withLabel } from '../../evaluate/label-order.ts';
import type { VectorSeries } from '../../evaluate/value.ts';
import { evaluationError } from '../evaluation-error.ts';
import { checkCallLength } from './made-label.ts';

/** What the parser puts in the place of bytes that are no UTF-8. */
const NO_TEXT = '\ufffd';

/** Throws unless a text can be the name of a label, of UTF-8: https://prometheus.io/docs/concepts/data_model/. `what` it names is said in the error. */
export function checkLabelName(name: string, what: string): void {
  if (name === '' || name.includes(NO_TEXT)) {
    throw evaluationError(`invalid ${what}: ${name}`);
  }
}

/** Gives a series a label with what its labels make of it; undefined: it stays as it is. A name that is set anew stays. */
export function relabeller(
  name: string,
  valueFor: (labels: Labels) => string | undefined,
): (series: VectorSeries) => VectorSeries {
  let length = 0;
  return (series) => {
    const value = valueFor(series.labels);
    if (value === undefined) {
      return series;
    }
    length += value.length;
    checkCallLength(length);
    const labels = withLabel(series.labels, name, value);
    return { ...series, labels, dropsName: series.dropsName && name !== '__name__' };
  };
}
