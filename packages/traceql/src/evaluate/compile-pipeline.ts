import type {
  GroupStage,
  PipelineStage,
  SpansetFilter,
  SpansetOperation,
  SpansetPipeline,
} from '../syntax/ast/spanset-pipeline.ts';
import { printFieldExpression } from '../syntax/print/print-field-expression.ts';
import { compileCondition, countParts, spendOn } from './compile-condition.ts';
import { compileReader } from './compile-expression.ts';
import { compileScalarFilter, type SpansetStage } from './compile-scalar.ts';
import { relateSpans } from './relate-spans.ts';
import { type Spanset, uniteSpans, withAttributes } from './spanset.ts';
import type { TraceSpans } from './trace-spans.ts';
import { firstScalar, type Scalar } from './value.ts';

/** What a pipeline makes of spansets of one trace. Throws `invalid-query` for an expression that RE2 does not understand. */
export function compilePipeline({ stages }: SpansetPipeline): SpansetStage {
  const compiled = stages.map(compileStage);
  return (trace, spansets) =>
    compiled.reduce((found, stage) => (found.length === 0 ? found : stage(trace, found)), spansets);
}

function compileStage(stage: PipelineStage): SpansetStage {
  switch (stage.kind) {
    case 'spanset-filter':
      return compileFilter(stage);
    case 'spanset-operation':
      return compileOperation(stage);
    case 'pipeline':
      return compilePipeline(stage);
    case 'scalar-filter':
      return compileScalarFilter(stage, compilePipeline);
    case 'by':
      return compileGroups(stage);
    case 'coalesce':
      return (trace, spansets) => [{ spans: spansOf(trace, spansets), attributes: [] }];
    case 'select':
      return (_trace, spansets) => spansets;
  }
}

function spansOf({ work }: TraceSpans, spansets: readonly Spanset[]): readonly number[] {
  return uniteSpans(
    spansets.map(({ spans }) => spans),
    work,
  );
}

function compileFilter({ condition }: SpansetFilter): SpansetStage {
  if (condition === undefined) {
    return (_trace, spansets) => spansets;
  }
  const test = compileCondition(condition);
  return (trace, spansets) =>
    spansets.flatMap((spanset) => {
      const spans = spanset.spans.filter((index) => test(trace, index));
      return spans.length === 0 ? [] : [{ ...spanset, spans }];
    });
}

function compileOperation({ op, left, right }: SpansetOperation): SpansetStage {
  const runLeft = compileStage(left);
  const runRight = compileStage(right);
  return (trace, spansets) =>
    spansets.flatMap((spanset) => {
      const one = spansOf(trace, runLeft(trace, [spanset]));
      const other = spansOf(trace, runRight(trace, [spanset]));
      trace.work.spend(trace.spans.length);
      if (op === '||' || op === '&&') {
        const isFound = op === '||' ? one.length + other.length > 0 : one.length > 0 && other.length > 0;
        return isFound ? [{ ...spanset, spans: uniteSpans([one, other], trace.work) }] : [];
      }
      const spans = relateSpans(op, trace, one, other);
      return spans.length === 0 ? [] : [{ ...spanset, spans }];
    });
}

/** A spanset for each value, in the order of the first span that has it. */
function compileGroups({ of }: GroupStage): SpansetStage {
  const read = compileReader(of);
  const parts = countParts(of);
  const name = `by(${printFieldExpression(of)})`;
  return (trace, spansets) =>
    spansets.flatMap((spanset) => {
      const groups = new Map<Scalar | undefined, number[]>();
      for (const index of spanset.spans) {
        spendOn(trace, index, parts);
        const value = firstScalar(read(trace, index));
        const group = groups.get(value);
        if (group === undefined) {
          groups.set(value, [index]);
        } else {
          group.push(index);
        }
      }
      return [...groups].map(([value, spans]) => {
        trace.work.spend(1 + spanset.attributes.length);
        return { spans, attributes: withAttributes(spanset.attributes, [{ name, value }]) };
      });
    });
}
