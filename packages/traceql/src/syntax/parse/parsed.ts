import type { ScalarExpression, SpansetExpression } from '../ast/spanset-pipeline.ts';
import type { MetricsExpression } from '../ast/trace-query.ts';

/** What an expression between bars is, which is only known when it has been read. */
export type Parsed = SpansetExpression | ScalarExpression | MetricsExpression;

/** True for what gives spansets. */
export function isSpanset(parsed: { readonly kind: string }): parsed is SpansetExpression {
  const { kind } = parsed;
  return kind === 'spanset-filter' || kind === 'spanset-operation' || kind === 'pipeline' || kind === 'scalar-filter';
}

/** True for what gives series. */
export function isMetrics(parsed: { readonly kind: string }): parsed is MetricsExpression {
  return parsed.kind === 'metrics' || parsed.kind === 'metrics-operation' || parsed.kind === 'number';
}
