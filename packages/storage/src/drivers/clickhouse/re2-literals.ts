import { tokenEnd } from './re2-pattern.ts';

/** Shorter ones have no 4-gram to look for. */
const LITERAL_LENGTH_MIN = 4;
/** More would only repeat what the first say. */
const LITERALS_MAX = 3;

/**
 * Texts that every match of an RE2 expression contains, the longest first; none when there are none, or when it is not plain that there are. The expression is one that `normalize` has been through: no quotes, and
 * every closing parenthesis has its opening one. https://github.com/google/re2/wiki/Syntax
 */
export function requiredLiterals(expression: string): readonly string[] {
  // Whatever is matched in any case is not looked for; a flag may hold for a part only, but then it is not worth to find out which.
  if (/\(\?[a-zA-Z]*i/.test(expression)) {
    return [];
  }
  const literals = sequenceLiterals(expression).filter(({ length }) => length >= LITERAL_LENGTH_MIN);
  return [...new Set(literals)].sort((a, b) => b.length - a.length).slice(0, LITERALS_MAX);
}

/** Literals of expressions one after the other; none when they are alternatives. */
function sequenceLiterals(expression: string): readonly string[] {
  const literals: string[] = [];
  let run = '';
  const end = () => {
    literals.push(run);
    run = '';
  };
  for (let index = 0; index < expression.length; ) {
    const atom = atomAt(expression, index);
    if (atom.text === '|') {
      return [];
    }
    index += atom.text.length;
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(expression.slice(index))?.[0] ?? '';
    index += quantifier.length;
    const isOptional = /^(?:[*?]|\{0)/.test(quantifier);
    if (atom.literal !== undefined && !isOptional) {
      run += atom.literal;
    }
    if (atom.literal === undefined || quantifier !== '') {
      end();
    }
    if (atom.group !== undefined && !isOptional) {
      literals.push(...sequenceLiterals(atom.group));
    }
  }
  end();
  return literals;
}

interface Atom {
  /** As it stands in the expression. */
  readonly text: string;
  /** The text that it matches and nothing else. */
  readonly literal?: string;
  /** What is between the parentheses of a group. */
  readonly group?: string;
}

function atomAt(expression: string, index: number): Atom {
  const rest = expression.slice(index);
  const head = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  if (head === '\\') {
    return escapeAtom(rest);
  }
  if (head === '[') {
    return { text: rest.slice(0, tokenEnd(expression, index) - index) };
  }
  if (head === '(') {
    const text = expression.slice(index, groupEnd(expression, index));
    // Named groups, groups that only set flags, and plain ones.
    const [opening = '('] = /^\((?:\?(?:P?<\w+>|[a-zA-Z-]*[:)]))?/.exec(text) ?? [];
    return opening.endsWith(')') ? { text } : { text, group: text.slice(opening.length, -1) };
  }
  return /[.^$*+?{}|)]/.test(head) ? { text: head } : { text: head, literal: head };
}

/** Punctuation stands for itself; what letters and digits stand for is not looked at. */
function escapeAtom(rest: string): Atom {
  const [text = rest.slice(0, 2)] =
    /^\\(?:[pP]\{[^}]*\}|[pP].|x\{[^}]*\}|x[0-9A-Fa-f]{2}|[0-7]{1,3})/u.exec(rest) ?? [];
  const escaped = text.slice(1);
  return /^[A-Za-z0-9]/.test(escaped) ? { text } : { text, literal: escaped };
}

/** Index behind the parenthesis that closes the one at `start`. */
function groupEnd(expression: string, start: number): number {
  let depth = 0;
  for (let index = start; index < expression.length; ) {
    const end = tokenEnd(expression, index);
    depth += expression[index] === '(' ? 1 : expression[index] === ')' ? -1 : 0;
    index = end;
    if (depth === 0) {
      return index;
    }
  }
  return expression.length;
}
