// The values of a series, `1 2 _ 4x3 0+10x5 stale {{…}}`, of https://github.com/prometheus/prometheus/tree/main/promql/promqltest
import { compactHistogram, type NativeHistogram } from '@aegisguard/model';
import { addHistograms, subtractHistograms } from '../histograms/combine-histograms.ts';
import { parseHistogramNotation, type ScriptHistogram } from './parse-histogram-notation.ts';
import { parseScriptNumber } from './parse-script-number.ts';

/** A value of a script's series: a float, a staleness marker, a histogram, or nothing at this step. */
export type ScriptValue = number | 'stale' | ScriptHistogram | undefined;

const WORD = /\s*((?:\{\{.*?\}\}|[^\s{])+)/y;
const GAPS = /^_x(\d+)$/;
const NUMBER = String.raw`(?:inf|nan|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|(?:\d+(?:ms|[smhdwy]))+)`;
const FLOATS = new RegExp(
  `^(?<base>[-+]?${NUMBER})(?:(?<sign>[-+])(?<step>[-+]?${NUMBER}))?(?:x(?<times>\\d+))?$`,
  'i',
);
const HISTOGRAMS = /^\{\{(?<base>.*?)\}\}(?:(?<sign>[-+])\{\{(?<step>.*?)\}\})?(?:x(?<times>\d+))?$/;

/** Reads a sequence; throws for what is none. */
export function parseValueSequence(text: string): ScriptValue[] {
  const values: ScriptValue[] = [];
  for (let at = 0; at < text.trimEnd().length; at = WORD.lastIndex) {
    WORD.lastIndex = at;
    const word = WORD.exec(text)?.[1];
    if (word === undefined) {
      throw new Error(`no values: ${text.slice(at)}`);
    }
    values.push(...expand(word));
  }
  return values;
}

function expand(word: string): ScriptValue[] {
  if (word === '_') {
    return [undefined];
  }
  if (word === 'stale') {
    return ['stale'];
  }
  const gaps = GAPS.exec(word);
  if (gaps !== null) {
    return new Array<ScriptValue>(Number(gaps[1])).fill(undefined);
  }
  return word.startsWith('{{') ? expandHistograms(word) : expandFloats(word);
}

function expandFloats(word: string): number[] {
  const { base, sign = '+', step = '0', times = '0' } = FLOATS.exec(word)?.groups ?? {};
  if (base === undefined) {
    throw new Error(`no value: ${word}`);
  }
  const increment = parseScriptNumber(step) * (sign === '-' ? -1 : 1);
  const values = [parseScriptNumber(base)];
  for (let left = Number(times); left > 0; left -= 1) {
    values.push((values.at(-1) ?? 0) + increment);
  }
  return values;
}

function expandHistograms(word: string): ScriptHistogram[] {
  const { base, sign = '+', step, times = '0' } = HISTOGRAMS.exec(word)?.groups ?? {};
  if (base === undefined) {
    throw new Error(`no histogram: ${word}`);
  }
  const first = parseHistogramNotation(base);
  const increment = step === undefined ? undefined : parseHistogramNotation(step).histogram;
  const values = [first];
  for (let left = Number(times); left > 0; left -= 1) {
    const last = values.at(-1) ?? first;
    values.push(increment === undefined ? last : { ...last, histogram: advance(last.histogram, sign, increment) });
  }
  return values;
}

function advance(histogram: NativeHistogram, sign: string, increment: NativeHistogram): NativeHistogram {
  const combined = sign === '-' ? subtractHistograms(histogram, increment) : addHistograms(histogram, increment);
  if (combined === undefined) {
    throw new Error('the histograms of a sequence do not fit together');
  }
  return compactHistogram({ ...combined.histogram, resetHint: sign === '-' ? 'gauge' : 'unknown' });
}
