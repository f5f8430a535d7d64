import { type DurationExpression, type Expression, parseQuery, type VectorSelector } from '@aegisguard/promql/syntax';
import { DURATION_VARIABLES, fillVariables, MARKED_VALUES } from '../query/query-variables.ts';
import {
  ARITHMETIC,
  BUILDER_AGGREGATIONS,
  type BuilderQuery,
  EMPTY_BUILDER_QUERY,
  RANGE_FUNCTIONS,
} from './builder-query.ts';

/** What is left of a tree when the outermost step has been read. */
type Rest = readonly [query: BuilderQuery, inner: Expression];

function numberOf(expression: Expression | undefined): number | undefined {
  if (expression?.kind === 'unary' && expression.op === '-') {
    const value = numberOf(expression.expression);
    return value === undefined ? undefined : -value;
  }
  return expression?.kind === 'number' && !expression.isDuration ? expression.value : undefined;
}

function readArithmetic([query, node]: Rest): Rest {
  if (node.kind !== 'binary' || node.isBool) {
    return [query, node];
  }
  const op = ARITHMETIC.find((each) => each === node.op);
  const value = numberOf(node.right);
  return op === undefined || value === undefined ? [query, node] : [{ ...query, arithmetic: { op, value } }, node.left];
}

function readTop([query, node]: Rest): Rest {
  const isTop =
    node.kind === 'aggregation' &&
    (node.op === 'topk' || node.op === 'bottomk') &&
    node.grouping.length === 0 &&
    !node.isWithout;
  const count = isTop ? numberOf(node.parameter) : undefined;
  return isTop && count !== undefined
    ? [{ ...query, top: { op: node.op as 'topk' | 'bottomk', count } }, node.expression]
    : [query, node];
}

function readHistogramQuantile([query, node]: Rest): Rest {
  if (node.kind !== 'call' || node.name !== 'histogram_quantile') {
    return [query, node];
  }
  const histogramQuantile = numberOf(node.arguments[0]);
  const inner = node.arguments[1];
  return histogramQuantile === undefined || inner === undefined
    ? [query, node]
    : [{ ...query, histogramQuantile }, inner];
}

function readAggregation([query, node]: Rest): Rest {
  const op = node.kind === 'aggregation' ? BUILDER_AGGREGATIONS.find((each) => each === node.op) : undefined;
  if (node.kind !== 'aggregation' || op === undefined) {
    return [query, node];
  }
  const parameter = numberOf(node.parameter);
  return (parameter === undefined) === (op === 'quantile')
    ? [query, node]
    : [{ ...query, aggregation: { op, parameter, labels: node.grouping, isWithout: node.isWithout } }, node.expression];
}

function windowText(range: DurationExpression, text: string): string | undefined {
  if (range.kind !== 'duration') {
    return undefined;
  }
  return (
    DURATION_VARIABLES.find((name) => MARKED_VALUES[name] === range.ms) ??
    text.slice(range.source.from, range.source.to)
  );
}

function readRange([query, node]: Rest, text: string): Rest {
  if (node.kind !== 'call') {
    return [query, node];
  }
  const fn = RANGE_FUNCTIONS.find((each) => each === node.name);
  const [inner] = node.arguments;
  const window = inner?.kind === 'matrix-selector' ? windowText(inner.range, text) : undefined;
  return fn === undefined || window === undefined || inner?.kind !== 'matrix-selector'
    ? [query, node]
    : [{ ...query, range: { fn, window } }, inner.selector];
}

function readSelector(
  query: BuilderQuery,
  { matchers, offset, at, extension }: VectorSelector,
): BuilderQuery | undefined {
  if (offset !== undefined || at !== undefined || extension !== undefined) {
    return undefined;
  }
  const name = matchers.find((matcher) => matcher.name === '__name__' && matcher.op === '=');
  const filters = matchers
    .filter((matcher) => matcher !== name)
    .map(({ name: label, op, value }) => ({ label, op, value }));
  return { ...query, metric: name?.value ?? '', filters };
}

/** Reads PromQL back into the builder; undefined where it has another form than the builder makes, or is no PromQL. */
export function readBuilderQuery(text: string): BuilderQuery | undefined {
  if (text.trim() === '') {
    return EMPTY_BUILDER_QUERY;
  }
  const filled = fillVariables(text, MARKED_VALUES);
  let tree: Expression;
  try {
    tree = parseQuery(filled);
  } catch {
    return undefined;
  }
  const outer = readHistogramQuantile(readTop(readArithmetic([EMPTY_BUILDER_QUERY, tree])));
  const [query, selector] = readRange(readAggregation(outer), filled);
  return selector.kind === 'vector-selector' ? readSelector(query, selector) : undefined;
}
