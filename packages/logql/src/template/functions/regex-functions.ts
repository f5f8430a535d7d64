// Regular expressions of Go, run by RE2: https://pkg.go.dev/regexp

import { AegisError, checkRegexSize, regexSizeBound } from '@aegisguard/model';
import { type Matcher, RE2JS, RE2JSException } from 're2js';
import { type FunctionCall, FunctionError, type TemplateFunction } from '../execute/template-function.ts';
import type { Value } from '../values/value.ts';

/** Expressions may come out of lines. */
const COMPILED_MAX = 64;
/** What looking through a character costs at least, beside reading it, and what a match does. RE2 takes time linear in the text and in the instructions of the expression, at worst. */
const SEARCH_COST_MIN = 8;
const MATCH_COST = 64;
/** What it takes to compile an expression, and each of its instructions. */
const COMPILE_COST = 16_384;
const INSTRUCTION_COST = 64;
/** `$$`, `${name}`, or `$name` with the longest name possible. */
const REFERENCE = /\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu;
const GROUP_NUMBER = /^(?:0|[1-9]\d{0,8})$/;

type Call = FunctionCall<unknown>;

const compiled = new Map<string, RE2JS>();

function compile(pattern: string, call: Call): RE2JS {
  const known = compiled.get(pattern);
  if (known !== undefined) {
    return known;
  }
  try {
    checkRegexSize(pattern, 0);
    call.charge(COMPILE_COST + regexSizeBound(pattern) * INSTRUCTION_COST);
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

/** The matcher at each match; an empty one does not count right behind another. */
function* matchesIn(regex: RE2JS, text: string, call: Call): Generator<Matcher> {
  call.charge(text.length * Math.max(SEARCH_COST_MIN, regex.programSize()));
  const matcher = regex.matcher(text);
  let end = -1;
  while (matcher.find()) {
    call.charge(MATCH_COST);
    if (matcher.end() > matcher.start() || matcher.start() !== end) {
      yield matcher;
    }
    end = matcher.end();
  }
}

function replaceMatches(regex: RE2JS, text: string, call: Call, replacementFor: (matcher: Matcher) => string): string {
  let replaced = '';
  let end = 0;
  for (const matcher of matchesIn(regex, text, call)) {
    replaced += text.slice(end, matcher.start()) + replacementFor(matcher);
    call.reserve(replaced.length);
    end = matcher.end();
  }
  return replaced + text.slice(end);
}

/** `$1` and `${name}` in a replacement; nothing where there is no such group. */
function expand(template: string, matcher: Matcher, names: Readonly<Record<string, number>>): string {
  const groupCount = matcher.groupCount();
  return template.replace(REFERENCE, (_whole, dollar?: string, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? '';
    const group = GROUP_NUMBER.test(name) ? Number(name) : Object.hasOwn(names, name) ? names[name] : undefined;
    return dollar ?? (group === undefined || group > groupCount ? '' : (matcher.group(group) ?? ''));
  });
}

function regexReplaceAll([pattern, text, replacement]: readonly Value[], call: Call): string {
  const regex = compile(String(pattern), call);
  const template = String(replacement);
  const names = regex.namedGroups();
  return replaceMatches(regex, String(text), call, (matcher) =>
    template.includes('$') ? expand(template, matcher, names) : template,
  );
}

function regexReplaceAllLiteral([pattern, text, replacement]: readonly Value[], call: Call): string {
  return replaceMatches(compile(String(pattern), call), String(text), call, () => String(replacement));
}

function count([pattern, text]: readonly Value[], call: Call): bigint {
  const regex = compile(String(pattern), call);
  let matches = 0n;
  for (const _match of matchesIn(regex, String(text), call)) {
    matches++;
  }
  return matches;
}

export const REGEX_FUNCTIONS: readonly (readonly [string, TemplateFunction<unknown>])[] = [
  ['count', { parameters: ['string', 'string'], call: count }],
  ['regexReplaceAll', { parameters: ['string', 'string', 'string'], call: regexReplaceAll }],
  ['regexReplaceAllLiteral', { parameters: ['string', 'string', 'string'], call: regexReplaceAllLiteral }],
];
