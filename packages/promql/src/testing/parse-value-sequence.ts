import { parseNumber } from '../syntax/parse-number.ts';

/** A value of a script's series: a float, a staleness marker, or nothing at this step. */
export type ScriptValue = number | 'stale' | undefined;

const REPEATED = /^(?<base>[-+]?[^x]+?)(?:(?<sign>[-+])(?<step>[^-+x]+))?x(?<times>\d+)$/;
const GAPS = /^_x(\d+)$/;

function signed(text: string): number {
  return text.startsWith('-') ? -parseNumber(text.slice(1)) : parseNumber(text.replace(/^\+/, ''));
}

function expand(item: string): ScriptValue[] {
  if (item === '_' || item === 'stale') {
    return [item === '_' ? undefined : 'stale'];
  }
  const gaps = GAPS.exec(item);
  if (gaps !== null) {
    return new Array<ScriptValue>(Number(gaps[1])).fill(undefined);
  }
  const { base = '', sign = '+', step = '0', times = '' } = REPEATED.exec(item)?.groups ?? { base: item, times: '0' };
  const [first, increment] = [signed(base), signed(sign + step)];
  return Array.from({ length: Number(times) + 1 }, (_, index) => first + index * increment);
}

/** The values of a series in Prometheus's script format: `1 2 _ 4x3 0+10x5 stale`. Native histograms (`{{…}}`) are not read: `undefined`. */
export function parseValueSequence(text: string): ScriptValue[] | undefined {
  return text.includes('{{') ? undefined : text.trim().split(/\s+/).flatMap(expand);
}
