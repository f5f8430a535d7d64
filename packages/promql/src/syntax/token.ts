import { quote } from './print/quote.ts';

/** `error`: what stands here is no token; its text says why. `keyword`: a word with a meaning of its own, outside braces. `metric-name`: a name with colons. */
export type TokenKind =
  | 'identifier'
  | 'metric-name'
  | 'keyword'
  | 'number'
  | 'duration'
  | 'string'
  | 'symbol'
  | 'end'
  | 'error';

/** A piece of a query. Offsets are UTF-16 units. */
export interface Token {
  readonly kind: TokenKind;
  /** As written. */
  readonly text: string;
  /** A keyword in small letters; of other kinds, as written. */
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

/** What a keyword is, as errors name it. */
type KeywordClass = 'op' | 'aggr' | 'keyword' | 'plain';

const WORDS: Readonly<Record<KeywordClass, readonly string[]>> = {
  op: ['and', 'or', 'unless', 'atan2'],
  aggr: [
    'sum',
    'avg',
    'count',
    'min',
    'max',
    'group',
    'stddev',
    'stdvar',
    'topk',
    'bottomk',
    'count_values',
    'quantile',
    'limitk',
    'limit_ratio',
  ],
  keyword: [
    'offset',
    'smoothed',
    'anchored',
    'by',
    'without',
    'on',
    'ignoring',
    'group_left',
    'group_right',
    'bool',
    'fill',
    'fill_left',
    'fill_right',
  ],
  plain: ['start', 'end', 'step', 'range', 'min_of', 'max_of'],
};

/** Every keyword, and what it is. */
export const KEYWORDS: ReadonlyMap<string, KeywordClass> = new Map(
  (Object.keys(WORDS) as KeywordClass[]).flatMap((kind) => WORDS[kind].map((word) => [word, kind] as const)),
);

/** Keywords that only mean something behind an operator, so that they name no metric. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set([
  'on',
  'ignoring',
  'bool',
  'group_left',
  'group_right',
  'atan2',
]);
/** Words that are numbers outside braces, in small letters. */
export const NUMBER_WORDS: ReadonlySet<string> = new Set(['inf', 'nan']);
const OPERATORS = new Set([
  '+',
  '-',
  '*',
  '/',
  '%',
  '^',
  '==',
  '!=',
  '<=',
  '<',
  '>=',
  '>',
  '</',
  '>/',
  '=~',
  '!~',
  '@',
]);
/** Characters of a token that errors show, those of names excepted. */
const SHOWN_MAX = 10;
/** Characters of a token that errors show as what is wrong. */
const WRONG_MAX = 100;

/** A part of a query in quotes, cut when it is long. */
export function shorten(text: string, lengthMax = WRONG_MAX): string {
  const shown = [...text.slice(0, 2 * lengthMax)].slice(0, lengthMax).join('');
  return shown.length < text.length ? `${quote(shown)}...` : quote(text);
}

/** A token as Prometheus's errors name it: `identifier "foo"`, `<op:+>`, `end of input`. */
export function describeToken({ kind, text, word }: Token): string {
  switch (kind) {
    case 'end':
      return 'end of input';
    case 'identifier':
      return `identifier ${shorten(text)}`;
    case 'metric-name':
      return `metric identifier ${shorten(text)}`;
    case 'number':
    case 'duration':
    case 'string':
      return `${kind} ${shorten(text, SHOWN_MAX)}`;
    case 'keyword': {
      const kind = KEYWORDS.get(word);
      return kind === 'plain' ? quote(text) : kind === 'keyword' ? `<${text}>` : `<${kind}:${text}>`;
    }
    default:
      return OPERATORS.has(text) ? `<op:${text}>` : quote(text);
  }
}
