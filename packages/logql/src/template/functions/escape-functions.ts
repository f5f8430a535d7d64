// `html`, `js` and `urlquery` of Go's text/template: https://pkg.go.dev/text/template#hdr-Functions

import type { TemplateFunction } from '../execute/template-function.ts';
import { print } from '../values/print-values.ts';
import { isPrintable } from '../values/quote.ts';

const HTML: ReadonlyMap<string, string> = new Map([
  ['"', '&#34;'],
  ["'", '&#39;'],
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['\0', '\ufffd'],
]);
const JS: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ["'", "\\'"],
  ['"', '\\"'],
  ['<', '\\u003C'],
  ['>', '\\u003E'],
  ['&', '\\u0026'],
  ['=', '\\u003D'],
]);

function escapeHtml(text: string): string {
  return text.replace(/["'&<>\0]/g, (character) => HTML.get(character) ?? character);
}

function escapeJsCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return (
    JS.get(character) ?? (isPrintable(character) ? character : `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`)
  );
}

function escapeJs(text: string): string {
  return text.replace(/[^ !#-%(-;?-[\]-~]/gu, escapeJsCharacter);
}

/** A text in a URL's query, with `+` for spaces. */
export function escapeQuery(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

function escaper(escaped: (text: string) => string): TemplateFunction<unknown> {
  return {
    parameters: [],
    rest: 'any',
    call: (values, call) =>
      escaped(
        print(
          values.map((value) => value ?? '<no value>'),
          call,
        ),
      ),
  };
}

export const ESCAPE_FUNCTIONS: readonly (readonly [string, TemplateFunction<unknown>])[] = [
  ['html', escaper(escapeHtml)],
  ['js', escaper(escapeJs)],
  ['urlquery', escaper(escapeQuery)],
];
