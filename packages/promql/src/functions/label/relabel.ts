import type { Labels } from '@aegisguard/model';
import { withLabel } from '../../evaluate/label-order.ts';
import { uniteSeries } from '../../evaluate/unite-series.ts';
import type { Value } from '../../evaluate/value.ts';
import { vectorOf } from '../call-arguments.ts';
import { evaluationError } from '../evaluation-error.ts';
import type { CallContext } from '../function-implementation.ts';

/** What the parser puts in the place of bytes that are no UTF-8. */
const NO_TEXT = '\ufffd';

/** Throws unless a text can be the name of a label, of UTF-8: https://prometheus.io/docs/concepts/data_model/. `what` it names is said in the error. */
export function checkLabelName(name: string, what: string): void {
  if (name === '' || name.includes(NO_TEXT)) {
    throw evaluationError(`invalid ${what}: ${name}`);
  }
}

/** The vector that is the first argument, with a label set to what each series gives; undefined: it stays as it is. A name that is set anew stays. */
export function relabel(context: CallContext, name: string, valueFor: (labels: Labels) => string | undefined): Value {
  const relabelled = vectorOf(context, 0).map((series) => {
    const value = valueFor(series.labels);
    return value === undefined
      ? series
      : {
          ...series,
          labels: withLabel(series.labels, name, value),
          dropsName: series.dropsName && name !== '__name__',
        };
  });
  return { type: 'vector', series: uniteSeries(relabelled) };
}
