// Numbers out of any value, as LogQL's mathematical functions take them: https://grafana.com/docs/loki/latest/query/template_functions/#mathematical-functions

import { parseFloatNumber, parseInteger } from '../values/parse-number.ts';
import { integerIn, type Value } from '../values/value.ts';

/** A fraction does not count. */
const DECIMAL = /^([+-]?[0-9]+)\.[0-9]*$/;

const INT64_END = 2 ** 63;

function integerOfFloat(value: number): bigint {
  return Math.abs(value) < INT64_END ? BigInt(Math.trunc(value)) : 0n;
}

/** 0 for what is no number. */
export function castInteger(value: Value): bigint {
  switch (typeof value) {
    case 'string':
      return parseInteger(DECIMAL.exec(value)?.[1] ?? value, true) ?? 0n;
    case 'number':
      return integerOfFloat(value);
    case 'boolean':
      return value ? 1n : 0n;
    default:
      return integerIn(value) ?? 0n;
  }
}

/** 0 for what is no number. */
export function castFloat(value: Value): number {
  switch (typeof value) {
    case 'string':
      return parseFloatNumber(value) ?? 0;
    case 'number':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    default:
      return Number(integerIn(value) ?? 0n);
  }
}
