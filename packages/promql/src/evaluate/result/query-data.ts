import { compareLabels } from '@aegisguard/model';
import { evaluationError } from '../../functions/evaluation-error.ts';
import type { Expression } from '../../syntax/ast/expression.ts';
import type { EvaluatedSeries } from '../evaluated-series.ts';
import type { Evaluation } from '../evaluation.ts';
import type { QueryData } from '../query-result.ts';
import type { Value } from '../value.ts';
import { evaluatedPoints } from './evaluated-points.ts';
import { keepsOrder } from './keeps-order.ts';
import { rawSeries } from './raw-series.ts';
import { removeNames } from './remove-names.ts';
import { uniteRawSeries } from './unite-raw-series.ts';

/** What an instant query answers. */
export function instantData(
  evaluation: Evaluation,
  expression: Expression,
  value: Value,
  pointsMs: Float64Array,
): QueryData {
  const timestampMs = pointsMs[0] ?? 0;
  switch (value.type) {
    case 'scalar':
      return { resultType: 'scalar', timestampMs, value: value.values[0] ?? 0 };
    case 'string':
      return { resultType: 'string', timestampMs, value: value.text };
    case 'matrix':
      return {
        resultType: 'matrix',
        series: inOrder(uniteRawSeries(rawSeries(evaluation, value, isSelector(expression)))),
      };
    case 'vector': {
      const series = removeNames(value.series, 1).map((one) => evaluatedPoints(one, pointsMs));
      return { resultType: 'vector', series: keepsOrder(expression) ? series : inOrder(series) };
    }
  }
}

function isSelector(expression: Expression): boolean {
  return expression.kind === 'parentheses' ? isSelector(expression.expression) : expression.kind === 'matrix-selector';
}

/** What a range query answers: series in order of labels; a scalar becomes one without labels. */
export function rangeData(value: Value, pointsMs: Float64Array): QueryData {
  if (value.type === 'scalar') {
    const series = { labels: [], timestampsMs: pointsMs, values: value.values, histograms: [] };
    return { resultType: 'matrix', series: [series] };
  }
  if (value.type !== 'vector') {
    throw notForRanges(value.type === 'string' ? 'string' : 'range vector');
  }
  const series = removeNames(value.series, pointsMs.length).map((one) => evaluatedPoints(one, pointsMs));
  return { resultType: 'matrix', series: inOrder(series) };
}

/** A range query has a number at each step. */
export function notForRanges(type: string): ReturnType<typeof evaluationError> {
  return evaluationError(`invalid expression type "${type}" for range query, must be Scalar or instant Vector`);
}

function inOrder(series: EvaluatedSeries[]): EvaluatedSeries[] {
  return series.sort((a, b) => compareLabels(a.labels, b.labels));
}
