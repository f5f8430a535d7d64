// `{{schema:1 sum:4 count:3 buckets:[1 2]}}` of https://github.com/prometheus/prometheus/tree/main/promql/promqltest
import type { NativeHistogram } from '@aegisguard/model';
import { parseScriptNumber } from './parse-script-number.ts';

const HINTS: Readonly<Record<string, NativeHistogram['resetHint']>> = {
  unknown: 'unknown',
  reset: 'reset',
  not_reset: 'not-reset',
  gauge: 'gauge',
};
const ENTRY = /\s*(?<key>[a-z_]+):(?:\[(?<list>[^\]]*)\]|(?<value>[^\s\]]+))\s*/iy;
const KEYS = new Set([
  'schema',
  'sum',
  'count',
  'z_bucket',
  'z_bucket_w',
  'buckets',
  'offset',
  'n_buckets',
  'n_offset',
  'custom_values',
  'counter_reset_hint',
]);

/** A histogram of a script. */
export interface ScriptHistogram {
  readonly histogram: NativeHistogram;
  /** Only then an expectation is about the hint. */
  readonly hasHint: boolean;
}

/** Reads what stands between the double braces. */
export function parseHistogramNotation(text: string): ScriptHistogram {
  const entries = readEntries(text);
  const number = (key: string): number => parseScriptNumber(entries.get(key) ?? '0');
  const list = (key: string): number[] =>
    (entries.get(key) ?? '')
      .split(/\s+/)
      .filter((word) => word !== '')
      .map(parseScriptNumber);
  const buckets = (counts: number[], offset: number): NativeHistogram['positive'] =>
    counts.length === 0 ? { spans: [], counts } : { spans: [{ offset, length: counts.length }], counts };
  const hint = entries.get('counter_reset_hint');
  const resetHint = HINTS[hint ?? 'unknown'];
  if (resetHint === undefined) {
    throw new Error(`unknown counter_reset_hint ${hint}`);
  }
  const histogram = {
    schema: number('schema'),
    zeroThreshold: number('z_bucket_w'),
    zeroCount: number('z_bucket'),
    count: number('count'),
    sum: number('sum'),
    positive: buckets(list('buckets'), number('offset')),
    negative: buckets(list('n_buckets'), number('n_offset')),
    customValues: list('custom_values'),
    resetHint,
  };
  return { histogram, hasHint: hint !== undefined };
}

function readEntries(text: string): Map<string, string> {
  const entries = new Map<string, string>();
  for (let at = 0; at < text.trimEnd().length; at = ENTRY.lastIndex) {
    ENTRY.lastIndex = at;
    const { key = '', list, value } = ENTRY.exec(text)?.groups ?? {};
    const name = key.toLowerCase();
    if (!KEYS.has(name) || entries.has(name)) {
      throw new Error(`a histogram has no such entry, or has it twice: ${text.slice(at)}`);
    }
    entries.set(name, list ?? value ?? '');
  }
  return entries;
}
