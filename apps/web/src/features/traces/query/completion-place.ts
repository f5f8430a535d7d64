import { type Piece, piecesOf } from './traceql-pieces.ts';
import { METRICS_FUNCTIONS } from './traceql-words.ts';

/** What may stand where the cursor is; `from` is where the word that is being typed begins. */
export type CompletionPlace =
  /** Nothing stands before. */
  | { readonly kind: 'beginning'; readonly from: number }
  /** A field to compare, `isCompared`, or one that is only named: in a group, a selection, an aggregate. */
  | { readonly kind: 'field'; readonly from: number; readonly isCompared: boolean }
  /** Behind a field. */
  | { readonly kind: 'comparison'; readonly from: number }
  /** A value of a field; `isQuoted` when its quote is there already. */
  | { readonly kind: 'value'; readonly from: number; readonly field: string; readonly isQuoted: boolean }
  /** Behind a condition. */
  | { readonly kind: 'connective'; readonly from: number }
  /** Behind spans: an operator or a bar. */
  | { readonly kind: 'relation'; readonly from: number }
  /** Behind a function that makes series. */
  | { readonly kind: 'series-relation'; readonly from: number }
  /** Behind a bar. */
  | { readonly kind: 'stage'; readonly from: number }
  /** Behind a bar that follows series. */
  | { readonly kind: 'series-stage'; readonly from: number };

const COMPARISONS: ReadonlySet<string> = new Set(['=', '!=', '=~', '!~', '>', '>=', '<', '<=']);
const OPENERS: ReadonlySet<string> = new Set(['(', '{', '&&', '||', '!', ',', '+', '-', '*', '/', '%', '^']);

/** What a word that is being typed looks like so far. */
const TYPED: ReadonlySet<Piece['role']> = new Set([
  'attribute',
  'intrinsic',
  'function',
  'keyword',
  'word',
  'value',
  'bad',
]);
/** What can stand before the parenthesis of arguments. */
const NAMES: ReadonlySet<Piece['role']> = new Set(['function', 'keyword', 'word']);

/** A bracket that is open at the cursor. */
interface Open {
  readonly bracket: string;
  /** The word before a parenthesis: the function whose arguments it holds. */
  readonly owner: string | undefined;
}

function openBrackets(before: readonly Piece[]): readonly Open[] {
  const open: Open[] = [];
  for (const [index, { text }] of before.entries()) {
    if (text === '{' || text === '(') {
      const previous = before[index - 1];
      open.push({
        bracket: text,
        owner: text === '(' && previous !== undefined && NAMES.has(previous.role) ? previous.text : undefined,
      });
    } else if (text === '}' || text === ')') {
      open.pop();
    }
  }
  return open;
}

function isFieldPiece(piece: Piece | undefined): piece is Piece {
  return piece?.role === 'attribute' || piece?.role === 'intrinsic';
}

/** What can be completed at a place of a query; undefined where nothing can. */
export function completionPlace(query: string, position: number): CompletionPlace | undefined {
  const pieces = piecesOf(query.slice(0, position));
  const last = pieces.at(-1);
  if (last?.role === 'comment' || (last?.role === 'bad' && last.text.startsWith('/*'))) {
    return undefined;
  }
  const before = pieces.filter(({ role }) => role !== 'space' && role !== 'comment');
  if (last?.role === 'bad' && /^["`]/.test(last.text)) {
    before.pop();
    return valuePlace(before, last.start + 1, true);
  }
  const isTyping = last !== undefined && TYPED.has(last.role);
  if (isTyping) {
    before.pop();
  }
  const from = isTyping ? last.start : position;
  const open = openBrackets(before);
  const inner = open.at(-1);
  const isInFilter = open.some(({ bracket }) => bracket === '{');
  if (isInFilter) {
    return inFilter(before, from);
  }
  return inner?.owner === undefined ? outside(before, from) : inArguments(before, from, inner.owner);
}

function valuePlace(before: readonly Piece[], from: number, isQuoted: boolean): CompletionPlace | undefined {
  const [field, operator] = before.slice(-2);
  return isFieldPiece(field) && COMPARISONS.has(operator?.text ?? '')
    ? { kind: 'value', from, field: field.text, isQuoted }
    : undefined;
}

function inFilter(before: readonly Piece[], from: number): CompletionPlace | undefined {
  const last = before.at(-1);
  if (last === undefined || OPENERS.has(last.text)) {
    return { kind: 'field', from, isCompared: true };
  }
  if (COMPARISONS.has(last.text)) {
    return valuePlace(before, from, false);
  }
  const isCompared = COMPARISONS.has(before.at(-2)?.text ?? '');
  return isFieldPiece(last) && !isCompared ? { kind: 'comparison', from } : { kind: 'connective', from };
}

function inArguments(before: readonly Piece[], from: number, owner: string): CompletionPlace | undefined {
  const last = before.at(-1)?.text;
  const takesFields = owner !== 'topk' && owner !== 'bottomk' && owner !== 'with' && owner !== 'quantile_over_time';
  if (last === '(' || (last === ',' && takesFields)) {
    return owner === 'topk' || owner === 'bottomk' || owner === 'with'
      ? undefined
      : { kind: 'field', from, isCompared: false };
  }
  return undefined;
}

function outside(before: readonly Piece[], from: number): CompletionPlace | undefined {
  const last = before.at(-1);
  if (last === undefined) {
    return { kind: 'beginning', from };
  }
  const makesSeries = before.some(({ role, text }) => role === 'function' && METRICS_FUNCTIONS.has(text));
  if (last.text === '|') {
    return { kind: makesSeries ? 'series-stage' : 'stage', from };
  }
  if (last.text === '}') {
    return { kind: 'relation', from };
  }
  if (last.text === ')' && makesSeries) {
    return { kind: 'series-relation', from };
  }
  if (last.text === ')') {
    return { kind: 'relation', from };
  }
  return last.role !== 'text' && (OPENERS.has(last.text) || /[<>~]/.test(last.text))
    ? { kind: 'beginning', from }
    : undefined;
}
