import type { WildcardType } from './log-pattern.ts';

/** Longer tokens are no numbers, addresses or times. */
const LENGTH_MAX = 256;

/** Forms of values, most particular first. None of the expressions can backtrack more than its text is long. */
const FORMS: readonly (readonly [type: WildcardType, form: RegExp])[] = [
  ['uuid', /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/],
  ['time', /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/],
  ['time', /^\d\d?\/(?:\d\d|[A-Z][a-z]{2})\/\d{4}(?::\d\d:\d\d:\d\d)?$/],
  ['time', /^\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?Z?$/],
  ['ip', /^(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?$/],
  ['ip', /^(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{1,4}$/],
  ['duration', /^[+-]?(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h|d))+$/],
  ['bytes', /^\d+(?:\.\d+)?(?:[kKMGTP]i?)?B$/],
  ['number', /^[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?%?$/],
  ['hex', /^0[xX][0-9a-fA-F]+$/],
  ['hex', /^(?=[0-9a-fA-F]*\d)[0-9a-fA-F]{8,}$/],
  ['email', /^[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+$/],
  ['agent', /^[A-Za-z][\w.+-]{0,63}\/\d[\d.]{0,30} /],
  ['url', /^[a-zA-Z][a-zA-Z+.-]{1,15}:\/\/\S+$/],
];
const DIGIT = /\d/;
/** All values have one of these. */
const HINT = /\d|@|:[:/]/;

/** What a token is a value of; undefined for a word, which is the same in every line until a line shows otherwise. */
export function valueType(token: string): WildcardType | undefined {
  if (token.length > LENGTH_MAX) {
    return 'any';
  }
  if (!HINT.test(token)) {
    return undefined;
  }
  for (const [type, form] of FORMS) {
    if (form.test(token)) {
      return type;
    }
  }
  if (!DIGIT.test(token)) {
    return undefined;
  }
  return token.startsWith('/') ? 'path' : 'any';
}

/** The type of a place where values of both types stand. */
export function unitedType(a: WildcardType, b: WildcardType): WildcardType {
  return a === b ? a : 'any';
}
