// https://prometheus.io/docs/prometheus/latest/querying/basics/
import type { BuilderQuery, LabelFilter } from './builder-query.ts';

const METRIC = /^[A-Za-z_:][A-Za-z0-9_:]*$/;
const LABEL = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The name of a label as PromQL takes it: in quotes unless it is plain. */
export function labelText(label: string): string {
  return LABEL.test(label) ? label : JSON.stringify(label);
}

/** A selector of a metric and filters; filters without a label are not finished and left out. */
export function selectorText(metric: string, filters: readonly LabelFilter[]): string {
  const isPlain = METRIC.test(metric);
  const parts = [
    ...(isPlain || metric === '' ? [] : [JSON.stringify(metric)]),
    ...filters
      .filter(({ label }) => label !== '')
      .map(({ label, op, value }) => `${labelText(label)}${op}${JSON.stringify(value)}`),
  ];
  const braces = parts.length === 0 && isPlain ? '' : `{${parts.join(', ')}}`;
  return `${isPlain ? metric : ''}${braces}`;
}

function numberText(value: number): string {
  return value === Number.POSITIVE_INFINITY ? 'Inf' : value === Number.NEGATIVE_INFINITY ? '-Inf' : String(value);
}

/** The builder's query as PromQL; empty while no metric and no filter is chosen. */
export function printBuilderQuery(query: BuilderQuery): string {
  const { metric, filters, range, aggregation, histogramQuantile, top, arithmetic } = query;
  let text = selectorText(metric, filters);
  if (text === '{}' || text === '') {
    return '';
  }
  if (range !== undefined) {
    text = `${range.fn}(${text}[${range.window}])`;
  }
  if (aggregation !== undefined) {
    const { op, parameter, labels, isWithout } = aggregation;
    const grouping =
      labels.length === 0 && !isWithout
        ? ''
        : ` ${isWithout ? 'without' : 'by'} (${labels.map(labelText).join(', ')}) `;
    text = `${op}${grouping}(${parameter === undefined ? '' : `${numberText(parameter)}, `}${text})`;
  }
  if (histogramQuantile !== undefined) {
    text = `histogram_quantile(${numberText(histogramQuantile)}, ${text})`;
  }
  if (top !== undefined) {
    text = `${top.op}(${top.count}, ${text})`;
  }
  return arithmetic === undefined ? text : `${text} ${arithmetic.op} ${numberText(arithmetic.value)}`;
}
