import type { JsonValue } from '@aegisguard/model';
import { JmesPathError } from './jmespath-error.ts';

/** A token; `text` of punctuation is itself. */
export interface Token {
  readonly kind: 'name' | 'quoted' | 'number' | 'literal' | 'punctuation' | 'end';
  readonly text: string;
  readonly value?: JsonValue;
}

const TOKEN =
  /\s+|([A-Za-z_][A-Za-z0-9_]*)|("(?:[^"\\]|\\[\s\S])*")|(-?\d+)|'((?:[^'\\]|\\[\s\S])*)'|`((?:[^`\\]|\\[\s\S])*)`|(\[\?|\[\]|\|\||&&|==|!=|<=|>=|[.*[\](){},:@&|!<>])/gy;

/** Cuts an expression into tokens. */
export function tokensOf(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (at < expression.length) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(expression);
    if (found === null) {
      throw new JmesPathError(`what stands at ${at} is not known`);
    }
    const token = tokenOf(found);
    if (token !== undefined) {
      tokens.push(token);
    }
    at += found[0].length;
  }
  return [...tokens, { kind: 'end', text: '' }];
}

function tokenOf([text, name, quoted, number, raw, literal, punctuation]: RegExpExecArray): Token | undefined {
  if (name !== undefined) {
    return { kind: 'name', text: name };
  }
  if (quoted !== undefined) {
    return { kind: 'quoted', text: String(parseJson(quoted)) };
  }
  if (number !== undefined) {
    return { kind: 'number', text: number };
  }
  if (raw !== undefined) {
    return { kind: 'literal', text, value: raw.replaceAll("\\'", "'") };
  }
  if (literal !== undefined) {
    return { kind: 'literal', text, value: parseJson(literal.replaceAll('\\`', '`')) };
  }
  return punctuation === undefined ? undefined : { kind: 'punctuation', text: punctuation };
}

function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    throw new JmesPathError(`${text.slice(0, 50)} is no JSON`);
  }
}
