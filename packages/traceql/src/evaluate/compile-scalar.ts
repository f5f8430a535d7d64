import type { ScalarExpression, ScalarFilter, SpansetAggregate } from '../syntax/ast/spanset-pipeline.ts';
import { printScalar } from '../syntax/print/print-spansets.ts';
import { holdsOf } from './compare-values.ts';
import { countParts, spendOn } from './compile-condition.ts';
import { ARITHMETIC, compileReader, numberOf } from './compile-expression.ts';
import type { FieldReader } from './read-field.ts';
import { type Spanset, type SpansetAttribute, uniteSpans, withAttributes } from './spanset.ts';
import { staticScalar } from './static-scalar.ts';
import type { TraceSpans } from './trace-spans.ts';
import { compareScalars, firstScalar } from './value.ts';

/** A number of a spanset, and what it was made of. Undefined: there is none, as of the average of nothing. */
interface ScalarValue {
  readonly value: number | undefined;
  readonly attributes: readonly SpansetAttribute[];
  /** The spans of the pipelines in it. */
  readonly spans: readonly (readonly number[])[];
}

type ScalarReader = (trace: TraceSpans, spanset: Spanset) => ScalarValue;

/** What a pipeline's stages do to spansets. */
export type SpansetStage = (trace: TraceSpans, spansets: readonly Spanset[]) => readonly Spanset[];

/** Compiles what stands within a pipeline's parentheses; handed in, since either contains the other. */
export type CompileStages = (
  stages: Extract<ScalarExpression, { kind: 'scalar-pipeline' }>['pipeline'],
) => SpansetStage;

/** Keeps the spansets of which a comparison of numbers is true. Where these are numbers of pipelines, what is found are the spans of these. */
export function compileScalarFilter(filter: ScalarFilter, compileStages: CompileStages): SpansetStage {
  const readLeft = compileScalar(filter.left, compileStages);
  const readRight = compileScalar(filter.right, compileStages);
  return (trace, spansets) =>
    spansets.flatMap((spanset) => {
      const left = readLeft(trace, spanset);
      const right = readRight(trace, spanset);
      const isKept =
        left.value !== undefined &&
        right.value !== undefined &&
        holdsOf(filter.op, compareScalars(left.value, right.value));
      trace.work.spend(1 + spanset.attributes.length);
      if (!isKept) {
        return [];
      }
      const lists = [...left.spans, ...right.spans];
      const spans = lists.length === 0 ? spanset.spans : uniteSpans(lists, trace.work);
      const attributes = withAttributes(withAttributes(spanset.attributes, left.attributes), right.attributes);
      return [{ spans, attributes }];
    });
}

function compileScalar(expression: ScalarExpression, compileStages: CompileStages): ScalarReader {
  switch (expression.kind) {
    case 'static': {
      const value = numberOf(staticScalar(expression.value));
      return () => ({ value, attributes: [], spans: [] });
    }
    case 'aggregate':
      return compileAggregate(expression);
    case 'scalar-operation': {
      const calculate = ARITHMETIC[expression.op];
      const readLeft = compileScalar(expression.left, compileStages);
      const readRight = compileScalar(expression.right, compileStages);
      return (trace, spanset) => {
        const left = readLeft(trace, spanset);
        const right = readRight(trace, spanset);
        trace.work.spend(1 + left.attributes.length + left.spans.length);
        const value =
          left.value === undefined || right.value === undefined ? undefined : calculate?.(left.value, right.value);
        return {
          value: Number.isFinite(value) ? value : undefined,
          attributes: withAttributes(left.attributes, right.attributes),
          spans: [...left.spans, ...right.spans],
        };
      };
    }
    case 'scalar-pipeline': {
      const run = compileStages(expression.pipeline);
      const readResult = compileScalar(expression.result, compileStages);
      return (trace, spanset) => {
        const found = run(trace, [spanset]);
        if (found.length === 0) {
          return { value: undefined, attributes: [], spans: [] };
        }
        const spans = uniteSpans(
          found.map((one) => one.spans),
          trace.work,
        );
        return { ...readResult(trace, { spans, attributes: [] }), spans: [spans] };
      };
    }
  }
}

function compileAggregate(aggregate: SpansetAggregate): ScalarReader {
  const name = printScalar(aggregate);
  if (aggregate.of === undefined) {
    return (_trace, { spans }) => ({
      value: spans.length,
      attributes: [{ name, value: spans.length }],
      spans: [],
    });
  }
  const field = compileReader(aggregate.of);
  const parts = countParts(aggregate.of);
  const read: FieldReader = (trace, index) => {
    spendOn(trace, index, parts);
    return field(trace, index);
  };
  return (trace, { spans }) => {
    const { value, isDuration } = aggregated(aggregate.name, trace, spans, read);
    const shown = value !== undefined && isDuration ? BigInt(Math.round(value)) : value;
    return { value, attributes: value === undefined ? [] : [{ name, value: shown }], spans: [] };
  };
}

function aggregated(
  name: SpansetAggregate['name'],
  trace: TraceSpans,
  spans: readonly number[],
  read: FieldReader,
): { readonly value: number | undefined; readonly isDuration: boolean } {
  let count = 0;
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let isDuration = false;
  for (const index of spans) {
    const field = read(trace, index);
    const value = numberOf(field);
    if (value !== undefined) {
      count += 1;
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
      isDuration ||= typeof firstScalar(field) === 'bigint';
    }
  }
  const values = { count, sum, min, max, avg: sum / count };
  return { value: count === 0 ? undefined : values[name], isDuration };
}
