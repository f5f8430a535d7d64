// https://prometheus.io/docs/prometheus/latest/querying/functions/
import type { CallContext, FunctionImplementation } from '../../functions/function-implementation.ts';
import { IMPLEMENTATIONS } from '../../functions/implementations.ts';
import type { FunctionCall } from '../../syntax/ast/function-call.ts';
import { withoutParentheses } from '../../syntax/without-parentheses.ts';
import type { Evaluation } from '../evaluation.ts';
import type { VectorStream } from '../series-sink.ts';
import type { Value } from '../value.ts';
import { callOverGrid } from './call-over-grid.ts';
import { callOverLabels } from './call-over-labels.ts';
import { callOverSamples } from './call-over-samples.ts';
import { callOverWindows } from './call-over-windows.ts';
import { checkExtension } from './check-extension.ts';
import { evaluateInfo } from './evaluate-info.ts';
import { MovingWindow } from './moving-window.ts';
import { queryScalar } from './query-scalars.ts';
import { sampleTimes } from './sample-times.ts';

/** A call of a function. */
export async function evaluateCall(
  evaluation: Evaluation,
  call: FunctionCall,
  pointsMs: Float64Array,
): Promise<Value | VectorStream> {
  if (call.name === 'info') {
    return evaluateInfo(evaluation, call, pointsMs);
  }
  const scalar = queryScalar(call.name, evaluation.window);
  if (scalar !== undefined) {
    return { type: 'scalar', values: new Float64Array(pointsMs.length).fill(scalar) };
  }
  const selector = call.arguments[0] && withoutParentheses(call.arguments[0]);
  if ((call.name === 'timestamp' || call.name === 'start_timestamp') && selector?.kind === 'vector-selector') {
    return sampleTimes(evaluation, selector, pointsMs, call.name === 'timestamp' ? 'sample' : 'start');
  }
  const implementation = implementationOf(call.name);
  if (implementation.kind === 'range') {
    const taken = await callOverGrid(evaluation, call, selector, implementation, pointsMs);
    if (taken !== undefined) {
      return taken;
    }
  }
  const values: Value[] = [];
  for (const argument of call.arguments) {
    const { total } = evaluation.samples;
    values.push(await evaluation.evaluate(argument, pointsMs));
    if (withoutParentheses(argument).kind === 'subquery') {
      // Its samples are seen again, in windows.
      evaluation.samples.forgetTo(total);
    }
  }
  checkExtension(call, values);
  const context = contextOf(evaluation, call, pointsMs, values);
  switch (implementation.kind) {
    case 'range':
      return callOverWindows(evaluation, implementation, context);
    case 'sample':
      return callOverSamples(evaluation, implementation, context);
    case 'labels':
      return callOverLabels(evaluation, implementation, context);
    case 'whole':
      seeWindows(evaluation, values);
      return implementation.evaluate(context);
  }
}

/** Counts the samples of range vectors that a function looks at as a whole. */
function seeWindows({ samples, lookbackMs }: Evaluation, values: readonly Value[]): void {
  for (const value of values) {
    if (value.type === 'matrix') {
      for (const series of value.series) {
        const window = new MovingWindow(series, value, lookbackMs);
        for (let point = 0; point < value.windowEndsMs.length; point += 1) {
          window.advance();
          samples.see(window.size);
        }
      }
    }
  }
}

function implementationOf(name: string): FunctionImplementation {
  const implementation = Object.hasOwn(IMPLEMENTATIONS, name) ? IMPLEMENTATIONS[name] : undefined;
  if (implementation === undefined) {
    throw new Error(`the function ${name} has no implementation`);
  }
  return implementation;
}

function contextOf(
  { annotations }: Evaluation,
  call: FunctionCall,
  pointsMs: Float64Array,
  values: readonly Value[],
): CallContext {
  return {
    call,
    annotations,
    pointsMs,
    values,
    scalar(argument, point) {
      const value = values[argument];
      return value?.type === 'scalar' ? value.values[point] : undefined;
    },
  };
}
