// https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-metadata-1

/** Words for units of UCUM, https://ucum.org/ucum: those of the specification. `1` has none. */
const UNIT_WORDS = new Map([
  ['d', 'days'],
  ['h', 'hours'],
  ['min', 'minutes'],
  ['s', 'seconds'],
  ['ms', 'milliseconds'],
  ['us', 'microseconds'],
  ['ns', 'nanoseconds'],
  ['By', 'bytes'],
  ['KiBy', 'kibibytes'],
  ['MiBy', 'mebibytes'],
  ['GiBy', 'gibibytes'],
  ['TiBy', 'tebibytes'],
  ['kBy', 'kilobytes'],
  ['KBy', 'kilobytes'],
  ['MBy', 'megabytes'],
  ['GBy', 'gigabytes'],
  ['TBy', 'terabytes'],
  ['m', 'meters'],
  ['V', 'volts'],
  ['A', 'amperes'],
  ['J', 'joules'],
  ['W', 'watts'],
  ['g', 'grams'],
  ['Cel', 'celsius'],
  ['Hz', 'hertz'],
  ['1', ''],
  ['%', 'percent'],
]);
/** What a rate is per. */
const PER_WORDS = new Map([
  ['s', 'second'],
  ['m', 'minute'],
  ['min', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
  ['w', 'week'],
  ['mo', 'month'],
  ['y', 'year'],
]);
const NOT_OF_A_NAME = /[^A-Za-z0-9:]+/;
const NOT_OF_A_UNIT = /[^A-Za-z0-9]+/g;
const BRACED = /\{[^}]*\}/g;

function unitWord(unit: string, words: ReadonlyMap<string, string>): string {
  const plain = unit.replace(BRACED, '').trim();
  return (words.get(plain) ?? plain).replace(NOT_OF_A_UNIT, '_').replace(/^_|_$/g, '');
}

/** The words of a unit: what is counted, and per what, each `''` when there is none. What braces hold is a comment. */
function unitWords(unit: string): readonly [main: string, per: string] {
  const slash = unit.indexOf('/');
  return slash < 0
    ? [unitWord(unit, UNIT_WORDS), '']
    : [unitWord(unit.slice(0, slash), UNIT_WORDS), unitWord(unit.slice(slash + 1), PER_WORDS)];
}

/** A unit as Prometheus's metadata has it: `By/s` is `bytes_per_second`. */
export function prometheusUnit(unit: string): string {
  const [main, per] = unitWords(unit);
  return per === '' ? main : `${main}${main === '' ? '' : '_'}per_${per}`;
}

/** What decides a name's last part. */
export type NameKind = 'counter' | 'gauge' | 'other';

function moveToEnd(tokens: readonly string[], word: string): string[] {
  return [...tokens.filter((token) => token !== word), word];
}

/**
 * The Prometheus name of a metric: letters, digits and colons with single underscores between them, the unit's words where the name has them not, `_total` at the end of a
 * counter and `_ratio` at the end of a gauge without dimension. `''` when nothing of the name can be kept.
 */
export function prometheusName(name: string, unit: string, kind: NameKind): string {
  let tokens = name.split(NOT_OF_A_NAME).filter((token) => token !== '');
  if (tokens.length === 0) {
    return '';
  }
  const [main, per] = unitWords(unit);
  if (main !== '' && !tokens.includes(main)) {
    tokens.push(main);
  }
  if (per !== '' && !tokens.includes(per)) {
    tokens.push('per', per);
  }
  if (kind === 'counter') {
    tokens = moveToEnd(tokens, 'total');
  } else if (kind === 'gauge' && unit === '1') {
    tokens = moveToEnd(tokens, 'ratio');
  }
  const joined = tokens.join('_');
  return /^\d/.test(joined) ? `_${joined}` : joined;
}
