import { RE2JS } from 're2js';
import { createLiteralIndex } from './literal-index.ts';
import { parsePattern } from './pattern-syntax.ts';
import { repeatsAmbiguously, requiredLiterals } from './required-literals.ts';

/** A pattern and what it says of a text that it is found in. */
export interface PatternRule {
  readonly source: string;
  readonly ignoreCase: boolean;
  /** `$0` is the whole match, `$1` … `$9` are groups. */
  readonly templates: readonly string[];
}

/** Lists of patterns, of each of which the first that is found in a text says what it is. */
export interface PatternLists {
  /** For each list what the first match's templates say, blanks around cut off; `undefined` where nothing matches. */
  find(text: string): readonly (readonly string[] | undefined)[];
  /** How many patterns would be tried on a text, at most. */
  candidates(text: string): number;
}

/** Groups of a match, the whole of it first. */
type Match = readonly (string | undefined)[];

interface CompiledRule {
  readonly templates: readonly string[];
  match(text: string): Match | null;
}

/**
 * Makes lists that try few of their patterns on a text: those without a literal that every match has, and those of whose literals the text has one. The answer is the
 * one that trying all of them in order would give.
 */
export function createPatternLists(lists: readonly (readonly PatternRule[])[]): PatternLists {
  const rules = lists.flat();
  // A pattern is compiled when it is first tried: texts come to few of them.
  const compiled = new Map<number, CompiledRule>();
  function ruleAt(id: number): CompiledRule | undefined {
    const rule = rules[id];
    let ready = compiled.get(id);
    if (ready === undefined && rule !== undefined) {
      ready = compile(rule);
      compiled.set(id, ready);
    }
    return ready;
  }
  const ends = lists.map((_, i) => lists.slice(0, i + 1).flat().length);
  const { literals, always } = filterOf(rules);
  const index = createLiteralIndex(literals);
  const bits = new Int32Array(always.length);
  function mark(text: string): void {
    bits.set(always);
    index.mark(text, bits);
  }
  return {
    find(text) {
      mark(text);
      return ends.map((end, i) => firstMatch(text, ruleAt, bits, ends[i - 1] ?? 0, end));
    },
    candidates(text) {
      mark(text);
      return rules.filter((_, id) => hasBit(bits, id)).length;
    },
  };
}

function filterOf(rules: readonly PatternRule[]) {
  const literals = new Map<string, number[]>();
  const always = new Int32Array(Math.ceil(rules.length / 32));
  rules.forEach(({ source }, id) => {
    const required = requiredLiterals(parsePattern(source));
    if (required === undefined || required.length === 0 || required.includes('')) {
      always[id >> 5] = (always[id >> 5] ?? 0) | (1 << (id & 31));
      return;
    }
    for (const literal of required) {
      const ids = literals.get(literal);
      if (ids === undefined) {
        literals.set(literal, [id]);
      } else {
        ids.push(id);
      }
    }
  });
  return { literals, always };
}

function hasBit(bits: Int32Array, id: number): boolean {
  return ((bits[id >> 5] ?? 0) & (1 << (id & 31))) !== 0;
}

function firstMatch(
  text: string,
  ruleAt: (id: number) => CompiledRule | undefined,
  bits: Int32Array,
  from: number,
  to: number,
): readonly string[] | undefined {
  let id = from;
  while (id < to) {
    if ((bits[id >> 5] ?? 0) === 0) {
      id = (id | 31) + 1;
      continue;
    }
    const rule = hasBit(bits, id) ? ruleAt(id) : undefined;
    const match = rule?.match(text);
    if (rule !== undefined && match) {
      return rule.templates.map((template) => filled(template, match));
    }
    id += 1;
  }
  return undefined;
}

function filled(template: string, match: Match): string {
  return template.replace(/\$(\d)/g, (_, group) => match[Number(group)] ?? '').trim();
}

/** V8's expressions are the faster ones; a pattern that could make them go astray runs under RE2, which finds the same. */
function compile({ source, ignoreCase, templates }: PatternRule): CompiledRule {
  if (!repeatsAmbiguously(parsePattern(source))) {
    const pattern = new RegExp(source, ignoreCase ? 'i' : '');
    return { templates, match: (text) => pattern.exec(text) };
  }
  const pattern = RE2JS.compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  return {
    templates,
    match(text) {
      const matcher = pattern.matcher(text);
      return matcher.find()
        ? Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? undefined)
        : null;
    },
  };
}
