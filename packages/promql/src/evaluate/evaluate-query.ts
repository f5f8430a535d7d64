import type { MetricReader, OrgId, QueryBounds } from '@aegisguard/model';
import type { Expression } from '../syntax/ast/expression.ts';
import { parseQuery } from '../syntax/parse-query.ts';
import { printQuery } from '../syntax/print/print-query.ts';
import { Annotations } from './annotations.ts';
import { evaluateExpression, giveSeries } from './evaluate-expression.ts';
import type { Evaluation } from './evaluation.ts';
import type { EvaluationOptions, QueryResult } from './query-result.ts';
import { ReadCost } from './read-cost.ts';
import { instantData, notForRanges, rangeData } from './result/query-data.ts';
import { SampleCount } from './sample-count.ts';
import { gridTimes, type QueryWindow } from './time-grid.ts';
import { TurnTaking } from './turn-taking.ts';

/** Prometheus's defaults. */
const LOOKBACK_MS = 300_000;
const SUBQUERY_STEP_MS = 60_000;
const SAMPLES_MAX = 50_000_000;

/**
 * Answers a query from an organization's metrics: an instant query where the window has one point (`startMs` is `endMs`), else a range query. Besides what the reader and `parseQuery`
 * throw: `query-not-runnable` with Prometheus's text, `query-too-large`, `query-timeout`, `query-cancelled`.
 */
export async function evaluateQuery(
  reader: MetricReader,
  orgId: OrgId,
  query: string | Expression,
  window: QueryWindow,
  bounds: QueryBounds,
  options: EvaluationOptions = {},
): Promise<QueryResult> {
  const expression = typeof query === 'string' ? parseQuery(query) : query;
  const isInstant = window.startMs === window.endMs && options.isRange !== true;
  const pointsMs = isInstant ? Float64Array.of(window.startMs) : gridTimes(window);
  const annotations = new Annotations(typeof query === 'string' ? query : (options.text ?? printQuery(query)));
  if (!isInstant) {
    refuseRangeOf(expression);
  }
  const evaluation: Evaluation = {
    reader,
    orgId,
    bounds,
    window: isInstant ? { ...window, stepMs: 0 } : window,
    lookbackMs: options.lookbackMs ?? LOOKBACK_MS,
    subqueryStepMs: options.subqueryStepMs ?? SUBQUERY_STEP_MS,
    annotations,
    samples: new SampleCount(options.samplesMax ?? SAMPLES_MAX),
    cost: new ReadCost(),
    turns: new TurnTaking(bounds, () => performance.now()),
    evaluate: (part, partPointsMs) => evaluateExpression(evaluation, part, partPointsMs),
    giveSeries: (part, partPointsMs, sink) => giveSeries(evaluation, part, partPointsMs, sink),
  };
  const value = await evaluation.evaluate(expression, pointsMs);
  const data = isInstant ? instantData(evaluation, expression, value, pointsMs) : rangeData(value, pointsMs);
  const { cost, samples } = evaluation;
  return {
    data,
    warnings: annotations.warnings,
    infos: annotations.infos,
    stats: cost.stats,
    samples: { total: samples.total, peak: samples.peak },
  };
}

/** Before anything is read. */
function refuseRangeOf(expression: Expression): void {
  switch (expression.kind) {
    case 'parentheses':
      refuseRangeOf(expression.expression);
      break;
    case 'string':
      throw notForRanges('string');
    case 'matrix-selector':
    case 'subquery':
      throw notForRanges('range vector');
    default:
  }
}
