import type { Field } from '../ast/field-expression.ts';
import type {
  MetricsAggregate,
  MetricsExpression,
  MetricsOperation,
  MetricsPipeline,
  MetricsStage,
  TraceQuery,
} from '../ast/trace-query.ts';
import { spansetStrength } from '../parse/combine.ts';
import { printField, printFields } from './print-field.ts';
import { printFilter, printPipeline } from './print-spansets.ts';
import { printNumber, printValue } from './print-value.ts';

function printGrouping(by: readonly Field[]): string {
  return by.length === 0 ? '' : ` by (${printFields(by)})`;
}

function printAggregate(aggregate: MetricsAggregate): string {
  const { kind } = aggregate;
  switch (kind) {
    case 'rate':
    case 'count_over_time':
      return `${kind}()${printGrouping(aggregate.by)}`;
    case 'quantile_over_time':
      return `${kind}(${[printField(aggregate.of), ...aggregate.quantiles.map(printNumber)].join(', ')})${printGrouping(aggregate.by)}`;
    case 'compare': {
      const { selection, topN, start, end } = aggregate;
      const times = start === undefined || end === undefined ? '' : `, ${start}, ${end}`;
      return `${kind}(${printFilter(selection)}, ${topN}${times})`;
    }
    default:
      return `${kind}(${printField(aggregate.of)})${printGrouping(aggregate.by)}`;
  }
}

function printStage(stage: MetricsStage): string {
  return stage.kind === 'filter' ? ` ${stage.op} ${printValue(stage.value)}` : ` | ${stage.kind}(${stage.limit})`;
}

function printStages(stages: readonly MetricsStage[]): string {
  return stages.map(printStage).join('');
}

function printSide(side: MetricsExpression, strengthMin: number): string {
  const text = printMetrics(side);
  const isPlain =
    side.kind === 'number' ||
    (side.kind === 'metrics-operation' && side.stages.length === 0 && spansetStrength(side.op) >= strengthMin);
  return isPlain ? text : `(${text})`;
}

function printOperation({ op, left, right, stages }: MetricsOperation): string {
  const strength = spansetStrength(op);
  return `${printSide(left, strength)} ${op} ${printSide(right, strength + 1)}${printStages(stages)}`;
}

function printSeries({ spansets, aggregate, stages }: MetricsPipeline): string {
  return `${printPipeline(spansets)} | ${printAggregate(aggregate)}${printStages(stages)}`;
}

function printMetrics(series: MetricsExpression): string {
  switch (series.kind) {
    case 'metrics':
      return printSeries(series);
    case 'metrics-operation':
      return printOperation(series);
    case 'number':
      return printNumber(series.value);
  }
}

/** A query as the parser reads it: parsing it gives the same tree. */
export function printQuery({ body, hints }: TraceQuery): string {
  const text = body.kind === 'pipeline' ? printPipeline(body) : printMetrics(body);
  const values = hints.map(({ name, value }) => `${name}=${printValue(value)}`);
  return values.length === 0 ? text : `${text} with (${values.join(', ')})`;
}
