import { GRID_FUNCTIONS, type GridFunction } from '@aegisguard/model';
import { informPossibleNonCounter } from '../../functions/counter/counter-call.ts';
import type { Expression } from '../../syntax/ast/expression.ts';
import type { FunctionCall } from '../../syntax/ast/function-call.ts';
import type { Evaluation } from '../evaluation.ts';
import { resolveRange } from '../resolve-duration.ts';
import { takeGrid } from '../select/take-grid.ts';
import type { Value } from '../value.ts';
import type { RangeFunction } from './call-over-windows.ts';

/** A function of a range selector that the reader has taken over; undefined when it has not. */
export async function callOverGrid(
  evaluation: Evaluation,
  call: FunctionCall,
  argument: Expression | undefined,
  { keepsName }: RangeFunction,
  pointsMs: Float64Array,
): Promise<Value | undefined> {
  const { name } = call;
  if (argument?.kind !== 'matrix-selector' || !isGridFunction(name)) {
    return undefined;
  }
  const { selector, range } = argument;
  const task = { function: name, selector, windowMs: resolveRange(range, evaluation.window), source: call.source };
  const series = await takeGrid(evaluation, task, pointsMs);
  if (series === undefined) {
    return undefined;
  }
  if (name === 'rate' || name === 'increase') {
    for (const one of series) {
      informPossibleNonCounter(one, { annotations: evaluation.annotations, call });
    }
  }
  return { type: 'vector', series: series.map((one) => ({ ...one, dropsName: keepsName !== true })) };
}

function isGridFunction(name: string): name is GridFunction {
  return name !== 'last' && (GRID_FUNCTIONS as readonly string[]).includes(name);
}
