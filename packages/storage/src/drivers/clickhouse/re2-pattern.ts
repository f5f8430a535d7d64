import { AegisError } from '@aegisguard/model';

/*
 * RE2's syntax: https://github.com/google/re2/wiki/Syntax. ClickHouse's match() compiles with it, lets `.` match line breaks, and matches anywhere in the text.
 */

/** The expression as match() needs it so that it must match the whole value; `.` matches line breaks, as in Prometheus' and Loki's label matchers. */
export function wholeValuePattern(expression: string): string {
  return `^(?:${normalize(expression)})$`;
}

/** The same where `.` does not match a line break, as in TraceQL. */
export function wholeTextPattern(expression: string): string {
  const normal = normalize(expression);
  return normal.includes('.') ? `^(?-s:${normal})$` : `^(?:${normal})$`;
}

/** The expression as match() needs it for a line filter: anywhere in the line, `.` does not match a line break. */
export function anywherePattern(expression: string): string {
  const normal = normalize(expression);
  // Without a dot the flag would change nothing but cost a fifth more: ClickHouse finds fewer literals behind it.
  return normal.includes('.') ? `(?-s)${normal}` : normal;
}

/** The texts that the expression stands for, each once, when it is nothing but plain texts with `|` between them (as dashboards write them), else undefined. Equality is cheaper and prunes. */
export function plainAlternatives(expression: string): readonly string[] | undefined {
  return /^[A-Za-z0-9_ /:,@-]+(?:\|[A-Za-z0-9_ /:,@-]+)*$/.test(expression)
    ? [...new Set(expression.split('|'))]
    : undefined;
}

/**
 * Checks what the engine would not notice, and writes `\Q…\E` out: ClickHouse looks for literals in the expression before RE2 does, and knows no quotes. A closing parenthesis that
 * closes nothing is refused because in a group `a)|(b` would become valid and mean something else. Whatever else is wrong the engine says.
 */
function normalize(expression: string): string {
  let depth = 0;
  let normal = '';
  for (let index = 0; index < expression.length; ) {
    const end = tokenEnd(expression, index);
    const token = expression.slice(index, end);
    index = end;
    depth += token === '(' ? 1 : token === ')' ? -1 : 0;
    if (depth < 0) {
      throw invalid(expression, 'it has a ) without a (');
    }
    if (token === '\\') {
      throw invalid(expression, 'it ends with a backslash');
    }
    normal += token.startsWith('\\Q') ? escapeQuoted(token) : token;
  }
  return normal;
}

/** Index behind the class, escape or character at `start`. */
export function tokenEnd(expression: string, start: number): number {
  switch (expression[start]) {
    case '[':
      return classEnd(expression, start) + 1;
    case '\\': {
      if (expression[start + 1] !== 'Q') {
        return start + 2;
      }
      const end = expression.indexOf('\\E', start + 2);
      return end === -1 ? expression.length : end + 2;
    }
    default:
      return start + 1;
  }
}

function escapeQuoted(token: string): string {
  const end = token.endsWith('\\E') && token.length >= 4 ? -2 : undefined;
  return token.slice(2, end).replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}

function invalid(expression: string, why: string): AegisError {
  return new AegisError('invalid-query', { detail: `The regular expression ${expression} is not valid: ${why}.` });
}

/** Index of the `]` that ends the class beginning at `start`; the expression's end when there is none. */
function classEnd(expression: string, start: number): number {
  let index = start + 1;
  if (expression[index] === '^') {
    index += 1;
  }
  if (expression[index] === ']') {
    index += 1;
  }
  for (; index < expression.length; index += 1) {
    const character = expression[index];
    if (character === ']') {
      return index;
    }
    if (character === '\\') {
      index += 1;
    } else if (character === '[' && expression[index + 1] === ':') {
      const end = expression.indexOf(':]', index + 2);
      index = end === -1 ? index : end + 1;
    }
  }
  return expression.length;
}
