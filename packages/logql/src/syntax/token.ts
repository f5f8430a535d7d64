/** One word of a query. `bytes`: a size such as `20KB`. */
export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'duration' | 'bytes' | 'flag' | 'symbol' | 'end';
  /** As it stands in the query; of a string its value. */
  readonly text: string;
  /** 0-based UTF-16 offset. */
  readonly position: number;
}

const QUOTE_LENGTH_MAX = 40;

/** A text in quotes, cut when it is long. */
export function shorten(text: string): string {
  return JSON.stringify(text.length > QUOTE_LENGTH_MAX ? `${text.slice(0, QUOTE_LENGTH_MAX)}…` : text).toWellFormed();
}

/** Words that mean something to the grammar. As labels they are accepted where nothing else is meant. */
const KEYWORDS: ReadonlySet<string> = new Set([
  ...['json', 'logfmt', 'regexp', 'pattern', 'unpack', 'line_format', 'label_format', 'decolorize', 'drop', 'keep'],
  ...[
    'unwrap',
    'offset',
    'by',
    'without',
    'on',
    'ignoring',
    'group_left',
    'group_right',
    'bool',
    'and',
    'or',
    'unless',
  ],
]);

/** A token as error messages name it, in Loki's words. */
export function describeToken({ kind, text }: Token): string {
  switch (kind) {
    case 'end':
      return 'end of the query';
    case 'name':
      return KEYWORDS.has(text) ? text : `IDENTIFIER ${shorten(text)}`;
    case 'symbol':
    case 'flag':
      return text.slice(0, QUOTE_LENGTH_MAX);
    default:
      return `${kind.toUpperCase()} ${shorten(text)}`;
  }
}
