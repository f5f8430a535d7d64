// https://prometheus.io/docs/prometheus/latest/querying/functions/#info
import type { Labels } from '@aegisguard/model';
import { evaluationError } from '../../functions/evaluation-error.ts';
import type { Expression } from '../../syntax/ast/expression.ts';
import type { FunctionCall } from '../../syntax/ast/function-call.ts';
import type { VectorSelector } from '../../syntax/ast/vector-selector.ts';
import { childrenOf } from '../../syntax/children-of.ts';
import type { Evaluation } from '../evaluation.ts';
import { labelOf, metricName, withLabel } from '../label-order.ts';
import { labelsKey } from '../labels-key.ts';
import { referenceTimes } from '../reference-times.ts';
import { readSelection } from '../select/read-selection.ts';
import { draftSeries, hasPoints, pointOf, type SeriesDraft, setPoint } from '../series-draft.ts';
import { uniteSeries } from '../unite-series.ts';
import type { Value, VectorSeries } from '../value.ts';
import { InfoIndex } from './info-index.ts';
import { type InfoMatchers, identityMatchers, infoMatchers, matcherTest } from './info-matchers.ts';

/** `info(v, selector)`: the labels of info series added to series of the same instance and job. Info series among these stay as they are. */
export async function evaluateInfo(evaluation: Evaluation, call: FunctionCall, pointsMs: Float64Array): Promise<Value> {
  const [argument] = call.arguments;
  const value = argument && (await evaluation.evaluate(argument, pointsMs));
  if (argument === undefined || value?.type !== 'vector') {
    throw new Error('info of something that is no vector');
  }
  const matchers = infoMatchers(call);
  const isInfo = ({ labels }: VectorSeries): boolean => matchers.isInfo(metricName(labels));
  const others = value.series.filter((series) => !isInfo(series));
  const index = await readIndex(evaluation, argument, matchers, others, pointsMs);
  const series = value.series.flatMap((one) => (isInfo(one) ? [one] : enrich(one, index, matchers)));
  return { type: 'vector', series: uniteSeries(series) };
}

async function readIndex(
  evaluation: Evaluation,
  argument: Expression,
  { ofName, ofData }: InfoMatchers,
  series: readonly VectorSeries[],
  pointsMs: Float64Array,
): Promise<InfoIndex> {
  const { lookbackMs } = evaluation;
  const ofIdentity = identityMatchers(series.map(({ labels }) => labels));
  if (ofIdentity.length === 0) {
    return new InfoIndex([], pointsMs, lookbackMs);
  }
  const references = referenceTimes(
    evaluation,
    firstSelector(argument) ?? { at: undefined, offset: undefined },
    pointsMs,
  );
  const selected = await readSelection(
    evaluation,
    [...ofName, ...ofIdentity, ...ofData],
    (references[0] ?? 0) - lookbackMs,
    references.at(-1) ?? 0,
  );
  return new InfoIndex(selected, references, lookbackMs);
}

/** Information is looked for when the series were. */
function firstSelector(expression: Expression): VectorSelector | undefined {
  if (expression.kind === 'vector-selector') {
    return expression;
  }
  for (const child of childrenOf(expression)) {
    const found = firstSelector(child);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** The series with what is known about it, which may change from point to point. Without any information it stays as it is, unless some is demanded. */
function enrich(series: VectorSeries, index: InfoIndex, { ofData }: InfoMatchers): VectorSeries[] {
  const wanted = ofData.length === 0 ? undefined : new Set(ofData.map(({ name }) => name));
  const isDemanded = ofData.some((matcher) => !matcherTest(matcher)(''));
  const drafts = new Map<string, SeriesDraft>();
  for (let point = 0; point < series.kinds.length; point += 1) {
    const element = pointOf(series, point);
    if (element === undefined) {
      continue;
    }
    const found = index.find(point, series.labels);
    if (found === undefined && isDemanded) {
      continue;
    }
    const labels = withInformation(series.labels, found ?? [], wanted);
    const key = labelsKey(labels);
    const draft = drafts.get(key) ?? draftSeries(labels, series.dropsName, series.kinds.length);
    drafts.set(key, draft);
    setPoint(draft, point, element);
  }
  return [...drafts.values()].filter(hasPoints);
}

function withInformation(labels: Labels, information: Labels, wanted: ReadonlySet<string> | undefined): Labels {
  const added = new Map<string, string>();
  for (const [name, value] of information) {
    if (name === '__name__' || (wanted !== undefined && !wanted.has(name))) {
      continue;
    }
    const known = added.get(name);
    if (known !== undefined && known !== value) {
      throw evaluationError(`conflicting label: ${name}`);
    }
    if (labelOf(labels, name) === '') {
      added.set(name, value);
    }
  }
  return [...added].reduce((result, [name, value]) => withLabel(result, name, value), labels);
}
