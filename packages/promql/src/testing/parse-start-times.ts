// Start times relative to each sample, `-1m -1mx3 -1m+10sx2`, of https://github.com/prometheus/prometheus/tree/main/promql/promqltest
import { parseScriptDuration } from './parse-script-number.ts';

const GAPS = /^_x(\d+)$/;
const TIMES = /^(?<base>[-+]?[0-9a-z]+?)(?:(?<sign>[-+])(?<step>[0-9a-z]+?))?(?:x(?<times>\d+))?$/;

/** The offsets in ms, one a sample; undefined where the start is not known. */
export function parseStartTimes(text: string): (number | undefined)[] {
  return text.trim().split(/\s+/).flatMap(expand);
}

function expand(word: string): (number | undefined)[] {
  if (word === '_') {
    return [undefined];
  }
  const gaps = GAPS.exec(word);
  if (gaps !== null) {
    return new Array<undefined>(Number(gaps[1])).fill(undefined);
  }
  const { base, sign = '+', step = '0', times = '0' } = TIMES.exec(word)?.groups ?? {};
  if (base === undefined) {
    throw new Error(`no start time: ${word}`);
  }
  const [first, increment] = [signed(base), signed(sign + step)];
  return Array.from({ length: Number(times) + 1 }, (_, index) => first + index * increment);
}

function signed(text: string): number {
  const ms = parseScriptDuration(text.replace(/^[-+]/, ''));
  return text.startsWith('-') ? -ms : ms;
}
