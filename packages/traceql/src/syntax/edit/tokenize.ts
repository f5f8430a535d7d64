import type { TextSpan } from '../ast/field-expression.ts';
import { findIntrinsic } from '../intrinsics.ts';
import { Lexer } from '../lex/lexer.ts';
import type { Token } from '../lex/token.ts';
import { VALUE_WORDS } from '../parse/parse-static.ts';
import { FUNCTIONS } from './language-words.ts';

/** What a stretch of a query is, as far as it can be told without its surroundings. `bad`: an open text or comment, an attribute without a name, or what has no meaning. */
export type TokenRole =
  | 'attribute'
  | 'intrinsic'
  | 'function'
  | 'keyword'
  | 'word'
  | 'value'
  | 'text'
  | 'number'
  | 'operator'
  | 'bracket'
  | 'comment'
  | 'bad';

/** One word of a query, for whoever colours or completes it. */
export interface QueryToken {
  readonly role: TokenRole;
  readonly at: TextSpan;
}

const FUNCTION_NAMES: ReadonlySet<string> = new Set(FUNCTIONS.map(({ text }) => text));
const BRACKETS = '{}(),';

function roleOfWord(word: string): TokenRole {
  if (VALUE_WORDS.has(word)) {
    return 'value';
  }
  if (findIntrinsic(word) !== undefined) {
    return 'intrinsic';
  }
  return FUNCTION_NAMES.has(word) ? 'function' : word === 'with' ? 'keyword' : 'word';
}

function roleOf(token: Token): TokenRole | undefined {
  switch (token.kind) {
    case 'end':
      return undefined;
    case 'field':
      return token.field.kind;
    case 'word':
      return roleOfWord(token.text);
    case 'string':
      return 'text';
    case 'symbol':
      return BRACKETS.includes(token.text) ? 'bracket' : 'operator';
    default:
      return token.kind;
  }
}

/** The words of a text that may be a query or become one. It never throws; between tokens there is only white space. */
export function tokenize(query: string): readonly QueryToken[] {
  const lexer = new Lexer(query);
  const tokens: QueryToken[] = [];
  for (;;) {
    const token = lexer.read();
    const role = roleOf(token);
    if (role === undefined) {
      return tokens;
    }
    tokens.push({ role, at: token.at });
  }
}
