// Durations as Go reads them: https://pkg.go.dev/time#ParseDuration
import { type Conversion, quoted } from './conversion.ts';

const UNIT_NANOS: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['µs', 1e3],
  ['μs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3600e9],
]);
const PART = /([0-9]*)(?:\.([0-9]*))?([^0-9.]*)/y;
const NANOS_MAX = 2 ** 63;
const ZERO = /^[+-]?0$/;

/** Reads `1h30m`, `-1.5s` and so on as nanoseconds. */
export function parseGoDuration(text: string): Conversion {
  if (ZERO.test(text)) {
    return 0;
  }
  const sign = text.startsWith('-') ? -1 : 1;
  let at = sign === -1 || text.startsWith('+') ? 1 : 0;
  if (at === text.length) {
    return invalid(text);
  }
  let nanos = 0;
  while (at < text.length) {
    PART.lastIndex = at;
    const [part = '', whole = '', fraction = '', unit = ''] = PART.exec(text) ?? [];
    if (whole === '' && fraction === '') {
      return invalid(text);
    }
    if (unit === '') {
      return { problem: `time: missing unit in duration ${quoted(text)}` };
    }
    const unitNanos = UNIT_NANOS.get(unit);
    if (unitNanos === undefined) {
      return { problem: `time: unknown unit ${quoted(unit)} in duration ${quoted(text)}` };
    }
    nanos += Number(whole) * unitNanos + (fraction === '' ? 0 : Math.trunc(Number(`0.${fraction}`) * unitNanos));
    if (nanos >= NANOS_MAX) {
      return invalid(text);
    }
    at += part.length;
  }
  return sign * nanos;
}

function invalid(text: string): Conversion {
  return { problem: `time: invalid duration ${quoted(text)}` };
}
