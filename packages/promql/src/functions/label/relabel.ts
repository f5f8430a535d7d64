import type { Labels } from '@aegisguard/model';
import type { Value, VectorSeries } from '../../evaluate/value.ts';
import { evaluationError } from '../evaluation-error.ts';
import { mergeEqualSeries } from './merge-equal-series.ts';
import { withLabel } from './with-label.ts';

/** Throws unless a text can be the name of a label, of UTF-8: https://prometheus.io/docs/concepts/data_model/. `what` it names is said in the error. */
export function checkLabelName(name: string, what: string): void {
  if (name === '' || !name.isWellFormed()) {
    throw evaluationError(`invalid ${what}: ${name}`);
  }
}

/** The vector with a label set to what each series gives; undefined: it stays as it is. A name that is set anew stays. */
export function relabel(
  vector: readonly VectorSeries[],
  name: string,
  valueFor: (labels: Labels) => string | undefined,
): Value {
  const relabelled = vector.map((series) => {
    const value = valueFor(series.labels);
    return value === undefined
      ? series
      : {
          ...series,
          labels: withLabel(series.labels, name, value),
          dropsName: series.dropsName && name !== '__name__',
        };
  });
  return { type: 'vector', series: mergeEqualSeries(relabelled) };
}
