import type { Field, NumericValue, StaticValue, TextSpan } from './field-expression.ts';
import type { SpansetFilter, SpansetPipeline } from './spanset-pipeline.ts';

/** `rate() by (resource.service.name)`. https://grafana.com/docs/tempo/latest/metrics-from-traces/metrics-queries/ */
export type MetricsAggregate =
  | {
      readonly kind: 'rate' | 'count_over_time';
      readonly by: readonly Field[];
      readonly at: TextSpan;
    }
  | {
      readonly kind: 'min_over_time' | 'max_over_time' | 'avg_over_time' | 'sum_over_time' | 'histogram_over_time';
      readonly of: Field;
      readonly by: readonly Field[];
      readonly at: TextSpan;
    }
  | {
      readonly kind: 'quantile_over_time';
      readonly of: Field;
      /** At least one; 0 to 1. */
      readonly quantiles: readonly number[];
      readonly by: readonly Field[];
      readonly at: TextSpan;
    }
  | {
      /** `compare({ status = error }, 10, start, end)`: what is told of the spans of the selection and of the others. */
      readonly kind: 'compare';
      readonly selection: SpansetFilter;
      /** Values per attribute. */
      readonly topN: number;
      /** Unix nanoseconds: the selection is of these only. */
      readonly start?: bigint;
      readonly end?: bigint;
      readonly at: TextSpan;
    };

/** What is done with the series. */
export type MetricsStage =
  | { readonly kind: 'topk' | 'bottomk'; readonly limit: number; readonly at: TextSpan }
  | {
      readonly kind: 'filter';
      readonly op: '=' | '!=' | '<' | '<=' | '>' | '>=';
      readonly value: NumericValue;
      readonly at: TextSpan;
    };

/** `{ … } | rate() by (name) | topk(10)`. */
export interface MetricsPipeline {
  readonly kind: 'metrics';
  readonly spansets: SpansetPipeline;
  readonly aggregate: MetricsAggregate;
  readonly stages: readonly MetricsStage[];
  readonly at: TextSpan;
}

/** `({ … } | rate()) / ({ … } | rate())`: series with the same labels find one another. */
export interface MetricsOperation {
  readonly kind: 'metrics-operation';
  readonly op: '+' | '-' | '*' | '/';
  readonly left: MetricsExpression;
  readonly right: MetricsExpression;
  readonly stages: readonly MetricsStage[];
  readonly at: TextSpan;
}

/** One side of an operation between series. */
interface MetricsNumber {
  readonly kind: 'number';
  readonly value: number;
  readonly at: TextSpan;
}

/** A query that answers with series; a number only as a side of an operation. */
export type MetricsExpression = MetricsPipeline | MetricsOperation | MetricsNumber;

/** `with (most_recent = true)`. */
export interface QueryHint {
  readonly name: string;
  readonly value: StaticValue;
}

/** A query. */
export interface TraceQuery {
  readonly body: SpansetPipeline | MetricsExpression;
  readonly hints: readonly QueryHint[];
}
