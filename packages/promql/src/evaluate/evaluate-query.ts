import {
  AegisError,
  type MetricReader,
  type OrgId,
  type QueryBounds,
  type QueryStats,
  type SeriesSamples,
} from '@aegisguard/model';
import type { Expression } from '../syntax/ast/expression.ts';
import type { FunctionCall } from '../syntax/ast/function-call.ts';
import type { VectorSelector } from '../syntax/ast/vector-selector.ts';
import { parseQuery } from '../syntax/parse-query.ts';
import { Annotations } from './annotations.ts';
import type { EvaluatedSeries } from './evaluated-series.ts';
import { type EvaluationTimes, evaluationTimes } from './evaluation-times.ts';
import { extrapolatedRate } from './extrapolated-rate.ts';
import { compareLabels, metricName, withoutName } from './label-order.ts';
import { liveSamples } from './live-samples.ts';
import { rawSamples } from './raw-samples.ts';
import { LOOKBACK_MS, selectPoints } from './select-points.ts';
import { gridTimes, type QueryWindow } from './time-grid.ts';
import { TurnTaking } from './turn-taking.ts';

/** Samples read and points made by one query, as many as Prometheus allows. */
const SAMPLES_MAX = 50_000_000;
const COUNTER_NAME = /_(?:total|sum|count|bucket)$/;

/** The answer to a query. A `vector` has one point a series. */
export interface QueryResult {
  readonly resultType: 'vector' | 'matrix';
  /** In order of their labels. */
  readonly series: readonly EvaluatedSeries[];
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
  readonly stats: QueryStats;
}

/** One query being evaluated. */
interface Evaluation {
  readonly reader: MetricReader;
  readonly orgId: OrgId;
  readonly bounds: QueryBounds;
  readonly points: Float64Array;
  readonly annotations: Annotations;
  readonly turns: TurnTaking;
  /** Samples and points so far. */
  used: number;
}

/** Answers a query from an organization's metrics: an instant query where the window has one point (`startMs` is `endMs`), else a range query. Besides what the reader and `parseQuery` throw: `query-not-runnable`, `query-too-large`. */
export async function evaluateQuery(
  reader: MetricReader,
  orgId: OrgId,
  query: string,
  window: QueryWindow,
  bounds: QueryBounds,
): Promise<QueryResult> {
  const expression = parseQuery(query);
  const isInstant = window.startMs === window.endMs;
  const annotations = new Annotations(query);
  const evaluation: Evaluation = {
    reader,
    orgId,
    bounds,
    points: isInstant ? Float64Array.of(window.startMs) : gridTimes(window),
    annotations,
    turns: new TurnTaking(bounds, () => performance.now()),
    used: 0,
  };
  if (expression.kind === 'range-selector' && !isInstant) {
    throw new AegisError('invalid-query', {
      detail: `At position ${expression.source.from}: a range query has a number at each step, not a range; put the range into a function such as rate.`,
      members: { position: expression.source.from },
    });
  }
  const { series, stats } = await evaluateExpression(evaluation, expression);
  return {
    resultType: isInstant && expression.kind !== 'range-selector' ? 'vector' : 'matrix',
    series: series.sort((a, b) => compareLabels(a.labels, b.labels)),
    warnings: annotations.warnings,
    infos: annotations.infos,
    stats,
  };
}

interface Evaluated {
  readonly series: EvaluatedSeries[];
  readonly stats: QueryStats;
}

async function evaluateExpression(evaluation: Evaluation, expression: Expression): Promise<Evaluated> {
  switch (expression.kind) {
    case 'vector-selector':
      return overSeries(evaluation, expression, LOOKBACK_MS, selectPoints);
    case 'range-selector':
      return overSeries(evaluation, expression.selector, expression.rangeMs, rawSamples);
    case 'function-call': {
      const { selector, rangeMs } = expression.argument;
      const evaluated = await overSeries(evaluation, selector, rangeMs, (series, times) =>
        evaluateRate(evaluation, expression, series, times),
      );
      refuseDoubles(evaluated.series);
      return evaluated;
    }
  }
}

/** Reads what a selector selects and evaluates series by series; series without a point are left out. */
async function overSeries(
  evaluation: Evaluation,
  selector: VectorSelector,
  windowMs: number,
  evaluate: (series: SeriesSamples, times: EvaluationTimes) => EvaluatedSeries,
): Promise<Evaluated> {
  const { bounds, orgId, points, reader, turns } = evaluation;
  const times = evaluationTimes(points, selector);
  const startMs = (times.references[0] ?? 0) - windowMs;
  const endMs = times.references.at(-1) ?? 0;
  const selected = await reader.readSamples(orgId, { matchers: selector.matchers, startMs, endMs }, bounds);
  const series: EvaluatedSeries[] = [];
  for (const samples of selected.series) {
    use(evaluation, samples.values.length + samples.histograms.length);
    const evaluated = evaluate(samples, times);
    const pointCount = evaluated.values.length + evaluated.histograms.length;
    if (pointCount > 0) {
      use(evaluation, pointCount);
      series.push(evaluated);
    }
    if (turns.isOver) {
      await turns.pass();
    }
  }
  return { series, stats: selected.stats };
}

function use(evaluation: Evaluation, samples: number): void {
  evaluation.used += samples;
  if (evaluation.used > SAMPLES_MAX) {
    throw new AegisError('query-too-large', {
      detail: `The query needs more than ${SAMPLES_MAX} samples; select fewer series or a shorter time.`,
      members: { limit: SAMPLES_MAX },
    });
  }
}

function evaluateRate(
  { annotations }: Evaluation,
  { argument, name }: FunctionCall,
  series: SeriesSamples,
  times: EvaluationTimes,
): EvaluatedSeries {
  const found = extrapolatedRate(liveSamples(series), times, argument.rangeMs, name);
  const metric = metricName(series.labels);
  if (found.mixedWindows > 0) {
    annotations.warn(
      `encountered a mix of histograms and floats for metric name ${JSON.stringify(metric)}`,
      argument.source,
    );
  }
  if (found.histogramWindows > 0) {
    annotations.warn(
      `${name} of native histograms is not supported yet: metric name ${JSON.stringify(metric)} is left out`,
      argument.source,
    );
  }
  if (found.values.length > 0 && metric !== '' && !COUNTER_NAME.test(metric)) {
    annotations.inform(
      `metric might not be a counter, name does not end in _total/_sum/_count/_bucket: ${JSON.stringify(metric)}`,
      argument.source,
    );
  }
  return { labels: withoutName(series.labels), timestampsMs: found.timestampsMs, values: found.values, histograms: [] };
}

/** Without their names, series of several metrics may have become the same; which of them is meant nobody can say. */
function refuseDoubles(series: readonly EvaluatedSeries[]): void {
  const seen = new Set<string>();
  for (const { labels } of series) {
    const key = JSON.stringify(labels);
    if (seen.has(key)) {
      throw new AegisError('query-not-runnable', {
        detail: `Without the metric's name, several series have the labels ${JSON.stringify(Object.fromEntries(labels))}; select one metric.`,
      });
    }
    seen.add(key);
  }
}
