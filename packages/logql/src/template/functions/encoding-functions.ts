// https://grafana.com/docs/loki/latest/query/template_functions/#string-manipulation

import { parseBytes } from '../../pipeline/convert/parse-bytes.ts';
import { FunctionError, type TemplateFunction } from '../execute/template-function.ts';
import type { Meter } from '../values/meter.ts';
import { quote } from '../values/quote.ts';
import { isTrue, type Value } from '../values/value.ts';
import { escapeQuery } from './escape-functions.ts';
import { numberOf } from './number-of.ts';

/** What it takes to make values of a character, beside reading it. */
const JSON_COST = 8;
const ESCAPE = /^[0-9a-fA-F]{2}/;

/** A text out of a URL's query. */
function urlDecode(text: string): string {
  for (let at = text.indexOf('%'); at !== -1; at = text.indexOf('%', at + 3)) {
    if (!ESCAPE.test(text.slice(at + 1, at + 3))) {
      throw new FunctionError(`invalid URL escape ${quote(text.slice(at, at + 3))}`);
    }
  }
  const plain = text.replaceAll('+', ' ');
  return plain.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString());
}

/** Where a text stops being base 64; undefined for one that is. */
function base64Problem(text: string): number | undefined {
  const digits = /^[A-Za-z0-9+/]*/.exec(text)?.[0].length ?? 0;
  const rest = digits % 4;
  const padding = rest === 0 ? '' : '='.repeat(4 - rest);
  if (rest !== 1 && text.slice(digits) === padding) {
    return;
  }
  if (digits === text.length) {
    return digits - rest;
  }
  const isPadded = rest > 1 && text.startsWith(padding, digits);
  return isPadded ? digits + padding.length : digits + (rest === 2 && text.charAt(digits) === '=' ? 1 : 0);
}

/** A text that is not base 64 becomes the message that says so. */
function base64Decode(text: string): string {
  const problem = base64Problem(text.replace(/[\r\n]/g, ''));
  return problem === undefined
    ? Buffer.from(text, 'base64').toString()
    : `illegal base64 data at input byte ${problem}`;
}

/** Nothing for what is no JSON. */
function fromJson([value]: readonly Value[], call: Meter): Value {
  const text = String(value);
  call.charge(text.length * JSON_COST);
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return;
    }
    throw error;
  }
}

function ofText(call: (text: string) => Value): TemplateFunction<unknown> {
  return { parameters: ['string'], call: ([text]) => call(String(text)) };
}

export const ENCODING_FUNCTIONS: readonly (readonly [string, TemplateFunction<unknown>])[] = [
  ['b64dec', ofText(base64Decode)],
  ['b64enc', ofText((text) => Buffer.from(text).toString('base64'))],
  ['bytes', ofText((text) => numberOf(parseBytes(text)))],
  ['default', { parameters: ['any'], rest: 'any', call: ([fallback, value]) => (isTrue(value) ? value : fallback) }],
  ['fromJson', { parameters: ['string'], call: fromJson }],
  ['urldecode', ofText(urlDecode)],
  ['urlencode', ofText(escapeQuery)],
];
