// Regular expressions of Go, run by RE2: https://pkg.go.dev/regexp

import { AegisError, checkRegexSize } from '@aegisguard/model';
import { RE2JS, RE2JSException } from 're2js';
import { type FunctionCall, FunctionError, type TemplateFunction } from '../execute/template-function.ts';
import type { Value } from '../values/value.ts';

/** Expressions may come out of lines. */
const COMPILED_MAX = 64;
/** What looking through a character costs, beside reading it. */
const SEARCH_COST = 8;
const COMPILE_COST = 16_384;
/** `$$`, `${name}`, or `$name` with the longest name possible. */
const REFERENCE = /\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu;
const GROUP_NUMBER = /^(?:0|[1-9]\d{0,8})$/;

type Call = FunctionCall<unknown>;
/** What a match captured, by number. */
type Captured = readonly (string | null)[];

const compiled = new Map<string, RE2JS>();

function compile(pattern: string, call: Call): RE2JS {
  const known = compiled.get(pattern);
  if (known !== undefined) {
    return known;
  }
  call.charge(COMPILE_COST);
  try {
    checkRegexSize(pattern, 0);
    const regex = RE2JS.compile(pattern);
    if (compiled.size >= COMPILED_MAX) {
      compiled.clear();
    }
    compiled.set(pattern, regex);
    return regex;
  } catch (error) {
    if (error instanceof RE2JSException || error instanceof AegisError) {
      throw new FunctionError(error.message);
    }
    throw error;
  }
}

/** Each match with what is between it and the one before; an empty one does not count right behind another. */
function* matchesIn(regex: RE2JS, text: string): Generator<{ readonly before: string; readonly captured: Captured }> {
  const matcher = regex.matcher(text);
  const groupCount = matcher.groupCount();
  let end = -1;
  while (matcher.find()) {
    const from = Math.max(end, 0);
    if (matcher.end() === matcher.start() && matcher.start() === end) {
      continue;
    }
    const captured = Array.from({ length: groupCount + 1 }, (_, group) => matcher.group(group));
    yield { before: text.slice(from, matcher.start()), captured };
    end = matcher.end();
  }
}

function replaceMatches(
  regex: RE2JS,
  text: string,
  call: Call,
  replacementFor: (captured: Captured) => string,
): string {
  call.charge(text.length * SEARCH_COST);
  let replaced = '';
  let read = 0;
  for (const { before, captured } of matchesIn(regex, text)) {
    const replacement = replacementFor(captured);
    call.charge(replaced.length > 0 ? replacement.length : 0);
    replaced += before + replacement;
    read += before.length + (captured[0]?.length ?? 0);
  }
  return replaced + text.slice(read);
}

/** `$1` and `${name}` in a replacement; nothing where there is no such group. */
function expand(template: string, captured: Captured, names: Readonly<Record<string, number>>): string {
  return template.replace(REFERENCE, (_whole, dollar?: string, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? '';
    const group = GROUP_NUMBER.test(name) ? Number(name) : Object.hasOwn(names, name) ? names[name] : undefined;
    return dollar ?? (group === undefined ? '' : (captured[group] ?? ''));
  });
}

function regexReplaceAll([pattern, text, replacement]: readonly Value[], call: Call): string {
  const regex = compile(String(pattern), call);
  const template = String(replacement);
  const names = regex.namedGroups();
  return replaceMatches(regex, String(text), call, (captured) =>
    template.includes('$') ? expand(template, captured, names) : template,
  );
}

function regexReplaceAllLiteral([pattern, text, replacement]: readonly Value[], call: Call): string {
  return replaceMatches(compile(String(pattern), call), String(text), call, () => String(replacement));
}

function count([pattern, text]: readonly Value[], call: Call): bigint {
  const regex = compile(String(pattern), call);
  call.charge(String(text).length * SEARCH_COST);
  let matches = 0n;
  for (const _match of matchesIn(regex, String(text))) {
    matches++;
  }
  return matches;
}

export const REGEX_FUNCTIONS: readonly (readonly [string, TemplateFunction<unknown>])[] = [
  ['count', { parameters: ['string', 'string'], call: count }],
  ['regexReplaceAll', { parameters: ['string', 'string', 'string'], call: regexReplaceAll }],
  ['regexReplaceAllLiteral', { parameters: ['string', 'string', 'string'], call: regexReplaceAllLiteral }],
];
