// https://prometheus.io/docs/prometheus/latest/querying/functions/
import { scalarOf } from '../call-arguments.ts';
import type { Implementations } from '../function-implementation.ts';
import { greaterOf, lesserOf } from '../greater-and-lesser.ts';
import { ofEachFloat } from './float-function.ts';

function clamp(value: number, min: number, max: number): number | undefined {
  return max < min ? undefined : greaterOf(min, lesserOf(max, value));
}

/** To the nearest multiple, of two the greater. Fractions like 0.1 are inexact, their inverses mostly are not. */
function round(value: number, multiple: number): number {
  const inverse = 1 / multiple;
  return Math.floor(value * inverse + 0.5) / inverse;
}

/** Absolute values, signs, rounding, limits, powers and logarithms. */
export const ARITHMETIC_FUNCTIONS = {
  abs: ofEachFloat(Math.abs),
  ceil: ofEachFloat(Math.ceil),
  floor: ofEachFloat(Math.floor),
  exp: ofEachFloat(Math.exp),
  ln: ofEachFloat(Math.log),
  log2: ofEachFloat(Math.log2),
  log10: ofEachFloat(Math.log10),
  sqrt: ofEachFloat(Math.sqrt),
  sgn: ofEachFloat(Math.sign),
  round: ofEachFloat((value, point, context) => round(value, context.scalar(1, point) ?? 1)),
  clamp: ofEachFloat((value, point, context) => clamp(value, scalarOf(context, 1, point), scalarOf(context, 2, point))),
  clamp_min: ofEachFloat((value, point, context) =>
    clamp(value, scalarOf(context, 1, point), Number.POSITIVE_INFINITY),
  ),
  clamp_max: ofEachFloat((value, point, context) =>
    clamp(value, Number.NEGATIVE_INFINITY, scalarOf(context, 1, point)),
  ),
} as const satisfies Implementations;
