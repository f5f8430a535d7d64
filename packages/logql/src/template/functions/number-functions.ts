// https://grafana.com/docs/loki/latest/query/template_functions/#mathematical-functions

import { FunctionError, type TemplateFunction } from '../execute/template-function.ts';
import { int64 } from '../values/typed-integer.ts';
import type { Value } from '../values/value.ts';
import { castFloat, castInteger } from './cast.ts';
import {
  addDecimals,
  type Decimal,
  decimalOf,
  divideDecimals,
  floatOf,
  multiplyDecimals,
  subtractDecimals,
} from './decimal.ts';

type NumberFunction = TemplateFunction<unknown>;

const ROUND_ON = 0.5;
/** What a digit of a decimal costs in each operation, in characters. */
const DIGIT_COST = 4;

function ofIntegers(parameterCount: 1 | 0, combine: (a: bigint, b: bigint) => bigint): NumberFunction {
  return {
    parameters: parameterCount === 1 ? ['any'] : [],
    rest: 'any',
    call: (args) => {
      const [first = 0n, ...rest] = args.map(castInteger);
      return int64(rest.reduce((a, b) => BigInt.asIntN(64, combine(a, b)), first));
    },
  };
}

function ofTwoIntegers(combine: (a: bigint, b: bigint) => bigint): NumberFunction {
  return { parameters: ['any', 'any'], call: ([a, b]) => int64(combine(castInteger(a), castInteger(b))) };
}

function divisor(value: bigint): bigint {
  if (value === 0n) {
    throw new FunctionError('runtime error: integer divide by zero');
  }
  return value;
}

/** `Math.max` takes no bigints. */
function better(isBetter: (a: bigint, b: bigint) => boolean): (a: bigint, b: bigint) => bigint {
  return (a, b) => (isBetter(b, a) ? b : a);
}

function ofDecimals(parameterCount: 1 | 0, combine: (a: Decimal, b: Decimal) => Decimal): NumberFunction {
  return {
    parameters: parameterCount === 1 ? ['any'] : [],
    rest: 'any',
    call: (args, call) => {
      const [first, ...rest] = args.map((arg) => decimalOf(castFloat(arg)));
      const digits = [first, ...rest].reduce((sum, decimal) => sum + Math.abs(decimal?.exponent ?? 0), 0);
      call.charge(digits * rest.length * DIGIT_COST);
      return first === undefined ? 0 : floatOf(rest.reduce(combine, first));
    },
  };
}

function ofFloats(combine: (a: number, b: number) => number): NumberFunction {
  return {
    parameters: ['any'],
    rest: 'any',
    call: (args) => args.map(castFloat).reduce((a, b) => combine(a, b)),
  };
}

function ofFloat(call: (value: number) => Value): NumberFunction {
  return { parameters: ['any'], call: ([value]) => call(castFloat(value)) };
}

/** Up where the rest is at least `roundOn`. */
function round([value, places, roundOn = ROUND_ON]: readonly Value[]): number {
  const scale = 10 ** Number(places);
  const scaled = castFloat(value) * scale;
  const rest = scaled - Math.trunc(scaled);
  return (rest >= Number(roundOn) ? Math.ceil(scaled) : Math.floor(scaled)) / scale;
}

export const NUMBER_FUNCTIONS: readonly (readonly [string, NumberFunction])[] = [
  ['add', ofIntegers(0, (a, b) => a + b)],
  ['sub', ofTwoIntegers((a, b) => a - b)],
  ['mul', ofIntegers(1, (a, b) => a * b)],
  ['div', ofTwoIntegers((a, b) => a / divisor(b))],
  ['mod', ofTwoIntegers((a, b) => a % divisor(b))],
  [
    'max',
    ofIntegers(
      1,
      better((a, b) => a > b),
    ),
  ],
  [
    'min',
    ofIntegers(
      1,
      better((a, b) => a < b),
    ),
  ],
  ['addf', ofDecimals(0, addDecimals)],
  ['subf', ofDecimals(1, subtractDecimals)],
  ['mulf', ofDecimals(1, multiplyDecimals)],
  ['divf', ofDecimals(1, divideDecimals)],
  ['maxf', ofFloats(Math.max)],
  ['minf', ofFloats(Math.min)],
  ['ceil', ofFloat(Math.ceil)],
  ['floor', ofFloat(Math.floor)],
  ['round', { parameters: ['any', 'int'], rest: 'float64', call: round }],
  ['int', { parameters: ['any'], call: ([value]) => castInteger(value) }],
  ['float64', ofFloat((value) => value)],
];
