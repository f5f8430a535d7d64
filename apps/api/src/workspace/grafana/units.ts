// https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts
import { cut, numberOf, textOf, wholeOf } from './loose-json.ts';
import type { Note } from './remarks.ts';

/** Grafana's units of the same meaning as one of the web application's. */
const UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '': ['none', 'short', 'sishort'],
    count: ['locale', 'string'],
    percent: ['percent', 'humidity'],
    percentunit: ['percentunit'],
    seconds: ['s', 'dtdurations', 'clocks', 'dthms'],
    ms: ['ms', 'dtdurationms', 'clockms'],
    us: ['µs'],
    ns: ['ns'],
    minutes: ['m'],
    hours: ['h'],
    days: ['d'],
    bytes: ['bytes'],
    decbytes: ['decbytes'],
    bits: ['bits', 'decbits'],
    kbytes: ['kbytes'],
    mbytes: ['mbytes'],
    gbytes: ['gbytes'],
    binBps: ['binBps'],
    Bps: ['Bps'],
    bps: ['bps', 'binbps'],
    ops: ['ops'],
    reqps: ['reqps'],
    rps: ['rps'],
    wps: ['wps'],
    iops: ['iops'],
    pps: ['pps'],
    eps: ['eps', 'cps', 'mps', 'recps'],
    opm: ['opm', 'cpm', 'rpm', 'wpm', 'reqpm'],
    hertz: ['hertz', 'rothz'],
    celsius: ['celsius'],
    fahrenheit: ['fahrenheit'],
    watt: ['watt'],
    volt: ['volt'],
    currencyUSD: ['currencyUSD'],
    currencyEUR: ['currencyEUR'],
    bool: ['bool', 'bool_yes_no', 'bool_on_off'],
  }).flatMap(([unit, theirs]) => theirs.map((name) => [name, unit] as const)),
);

/** Digits after the point; null: as many as help. */
export function decimalsOf(value: unknown): number | null {
  return numberOf(value) === undefined ? null : wholeOf(value, 0, 10, 0);
}

/** A unit; what people made up themselves (`read/s`) is put behind the number, as Grafana does. */
export function unitOf(value: unknown, note: Note): string {
  const text = textOf(value).trim();
  const known = UNITS.get(text);
  if (text === '' || known !== undefined) {
    return known ?? '';
  }
  if (/^(?:suffix|prefix):/.test(text)) {
    return cut(text, 40);
  }
  if (!/^[\w:-]+$/.test(text)) {
    return cut(`suffix: ${text}`, 40);
  }
  note(`the unit “${text}”`, 'There is no such unit here; the plain number is shown.');
  return '';
}
