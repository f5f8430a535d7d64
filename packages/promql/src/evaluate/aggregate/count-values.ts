import type { Labels, NativeHistogram } from '@aegisguard/model';
import { evaluationError } from '../../functions/evaluation-error.ts';
import { printHistogram } from '../../histograms/print-histogram.ts';
import type { Aggregation } from '../../syntax/ast/aggregation.ts';
import { checkCells } from '../check-cells.ts';
import type { Evaluation } from '../evaluation.ts';
import { withLabel } from '../label-order.ts';
import { labelsKey } from '../labels-key.ts';
import { draftSeries, pointOf, type SeriesDraft, setPoint } from '../series-draft.ts';
import type { Value, VectorSeries } from '../value.ts';
import { groupLabels } from './group-labels.ts';
import { plainNumber } from './plain-number.ts';

/** How many elements of a group have the same value, by a label that names the value. */
export async function countValues(
  { turns }: Evaluation,
  { grouping, isWithout }: Aggregation,
  label: string,
  vector: readonly VectorSeries[],
  points: number,
): Promise<Value> {
  if (label === '' || !label.isWellFormed()) {
    throw evaluationError(`invalid label name ${JSON.stringify(label)}`);
  }
  const isCommon = groupLabels({ grouping: isWithout ? grouping : [...grouping, label], isWithout });
  const counts = new Map<string, SeriesDraft>();
  for (const series of vector) {
    const drafts = new Map<string, SeriesDraft>();
    for (let point = 0; point < points; point += 1) {
      const element = pointOf(series, point);
      if (element !== undefined) {
        const draft = draftOf(textOf(element), series.labels, drafts);
        setPoint(draft, point, (draft.values[point] ?? 0) + 1);
      }
    }
    if (turns.isOver) {
      await turns.pass();
    }
  }
  return { type: 'vector', series: [...counts.values()] };

  /** Most series have few values, whose labels are then made once. */
  function draftOf(text: string, labels: Labels, drafts: Map<string, SeriesDraft>): SeriesDraft {
    let draft = drafts.get(text);
    if (draft === undefined) {
      const named = withLabel(labels, label, text).filter(([name]) => isCommon(name));
      const key = labelsKey(named);
      draft = counts.get(key);
      if (draft === undefined) {
        checkCells(counts.size + 1, points);
        draft = draftSeries(named, false, points);
        counts.set(key, draft);
      }
      drafts.set(text, draft);
    }
    return draft;
  }
}

function textOf(element: number | NativeHistogram): string {
  return typeof element === 'number' ? plainNumber(element) : printHistogram(element);
}
