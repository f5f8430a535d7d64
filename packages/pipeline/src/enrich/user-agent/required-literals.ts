import type { PatternNode } from './pattern-syntax.ts';

/** What is known of the texts that a part matches, folded to lower case. */
interface Knowledge {
  /** All of them, when they are few. */
  readonly exact?: readonly string[] | undefined;
  /** Each of them contains one of these. */
  readonly required?: readonly string[] | undefined;
}

/** Texts that a part may stand for before it counts as many. */
const EXACT_MAX = 64;

/** Pieces that most user agents have: a literal that is part of this says little. */
const EVERYDAY_TEXT =
  'mozilla/5.0 (linux; u; android 10; en-us; k build/; wv) applewebkit/537.36 (khtml, like gecko) version/4.0 chrome/120.0.0.0 mobile safari/537.36 ' +
  '(windows nt 10.0; win64; x64; rv:109.0) gecko/20100101 firefox/115.0 (macintosh; intel mac os x 10_15_7) (x11; linux x86_64) ' +
  '(iphone; cpu iphone os 17_5 like mac os x) mobile/15e148 (compatible; msie 10.0; windows nt 6.1; trident/6.0) https://www. .com/ .html)';

const NOTHING: Knowledge = {};
const EMPTY_TEXT: Knowledge = { exact: [''] };

/**
 * Texts in lower case one of which is in every text that the pattern matches, whatever the case; `undefined` when no such texts are known. The longer the shortest of
 * them, the better: the pattern need not be tried on texts that have none.
 */
export function requiredLiterals(pattern: PatternNode): readonly string[] | undefined {
  return requiredBy(knowledgeOf(pattern));
}

/** Whether something that may repeat, or may be read in two ways, repeats itself: such a pattern could take time that grows with more than a power of the text's length. */
export function repeatsAmbiguously(node: PatternNode, isRepeated = false): boolean {
  switch (node.kind) {
    case 'sequence':
      return node.parts.some((part) => repeatsAmbiguously(part, isRepeated));
    case 'choice':
      return isRepeated || node.options.some((option) => repeatsAmbiguously(option, isRepeated));
    case 'repetition':
      return isRepeated || repeatsAmbiguously(node.body, node.max > 1);
    default:
      return node.kind === 'unknown';
  }
}

function knowledgeOf(node: PatternNode): Knowledge {
  switch (node.kind) {
    case 'character':
      return { exact: node.characters };
    case 'assertion':
      return EMPTY_TEXT;
    case 'sequence':
      return knowledgeOfSequence(node.parts.map(knowledgeOf));
    case 'choice':
      return knowledgeOfChoice(node.options.map(knowledgeOf));
    case 'repetition':
      return knowledgeOfRepetition(knowledgeOf(node.body), node.min, node.max);
    default:
      return NOTHING;
  }
}

function requiredBy({ exact, required }: Knowledge): readonly string[] | undefined {
  return better(required, exact);
}

function knowledgeOfRepetition(body: Knowledge, min: number, max: number): Knowledge {
  if (min === 0) {
    return max === 1 ? knowledgeOfChoice([EMPTY_TEXT, body]) : NOTHING;
  }
  return min === 1 && max === 1 ? body : { required: requiredBy(body) };
}

function knowledgeOfChoice(options: readonly Knowledge[]): Knowledge {
  const exact = unionOf(options.map((option) => option.exact));
  return exact !== undefined && exact.length <= EXACT_MAX ? { exact } : { required: unionOf(options.map(requiredBy)) };
}

function unionOf(sets: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  const union = new Set<string>();
  for (const set of sets) {
    if (set === undefined) {
      return undefined;
    }
    for (const text of set) {
      union.add(text);
    }
  }
  return [...union];
}

function knowledgeOfSequence(parts: readonly Knowledge[]): Knowledge {
  let run: readonly string[] = [''];
  let best: readonly string[] | undefined;
  let isExact = true;
  for (const { exact, required } of parts) {
    if (exact !== undefined && run.length * exact.length <= EXACT_MAX) {
      run = run.flatMap((head) => exact.map((tail) => head + tail));
      continue;
    }
    isExact = false;
    best = better(better(best, run), required);
    run = exact ?? [''];
  }
  return isExact ? { exact: run } : { required: better(best, run) };
}

/** The set that rules out more texts. */
function better(a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined {
  return worth(b) > worth(a) ? b : a;
}

/** 0 for a set that rules out nothing; whole numbers are lengths of the shortest text that is not an everyday one, more texts are worth a little less. */
function worth(set: readonly string[] | undefined): number {
  if (set === undefined || set.length === 0) {
    return 0;
  }
  const shortest = Math.min(...set.map((text) => (EVERYDAY_TEXT.includes(text) ? text.length / 100 : text.length)));
  return shortest / (1 + set.length / 1000);
}
