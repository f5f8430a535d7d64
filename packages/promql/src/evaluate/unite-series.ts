import { evaluationError } from '../functions/evaluation-error.ts';
import { labelsKey } from './labels-key.ts';
import { pointOf, type SeriesDraft, setPoint } from './series-draft.ts';
import { POINT, type VectorSeries } from './value.ts';

/** Prometheus's words for two elements of a vector that have the same labels. */
export function sameLabelsError(): ReturnType<typeof evaluationError> {
  return evaluationError('vector cannot contain metrics with the same labelset');
}

/** The series with those of the same labels made one, in the order of their first. Throws `query-not-runnable` where two have a point at the same time. */
export function uniteSeries(vector: readonly VectorSeries[]): VectorSeries[] {
  const united = new Map<string, VectorSeries>();
  const drafts = new Map<string, SeriesDraft>();
  for (const series of vector) {
    const key = labelsKey(series.labels);
    const first = united.get(key);
    if (first === undefined) {
      united.set(key, series);
      continue;
    }
    const draft = drafts.get(key) ?? copyOf(first);
    drafts.set(key, draft);
    united.set(key, draft);
    addPoints(draft, series);
  }
  return [...united.values()];
}

function copyOf({ labels, dropsName, kinds, values, histograms }: VectorSeries): SeriesDraft {
  return { labels, dropsName, kinds: kinds.slice(), values: values.slice(), histograms: histograms?.slice() };
}

function addPoints(draft: SeriesDraft, series: VectorSeries): void {
  for (let point = 0; point < series.kinds.length; point += 1) {
    const element = pointOf(series, point);
    if (element === undefined) {
      continue;
    }
    if (draft.kinds[point] !== POINT.absent) {
      throw sameLabelsError();
    }
    setPoint(draft, point, element);
  }
}
