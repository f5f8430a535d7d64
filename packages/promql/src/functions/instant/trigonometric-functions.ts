// https://prometheus.io/docs/prometheus/latest/querying/functions/#trigonometric-functions
import type { Implementations } from '../function-implementation.ts';
import { ofEachFloat } from './float-function.ts';

/** Of angles in radians. */
export const TRIGONOMETRIC_FUNCTIONS = {
  acos: ofEachFloat(Math.acos),
  acosh: ofEachFloat(Math.acosh),
  asin: ofEachFloat(Math.asin),
  asinh: ofEachFloat(Math.asinh),
  atan: ofEachFloat(Math.atan),
  atanh: ofEachFloat(Math.atanh),
  cos: ofEachFloat(Math.cos),
  cosh: ofEachFloat(Math.cosh),
  sin: ofEachFloat(Math.sin),
  sinh: ofEachFloat(Math.sinh),
  tan: ofEachFloat(Math.tan),
  tanh: ofEachFloat(Math.tanh),
  deg: ofEachFloat((radians) => (radians * 180) / Math.PI),
  rad: ofEachFloat((degrees) => (degrees * Math.PI) / 180),
} as const satisfies Implementations;
