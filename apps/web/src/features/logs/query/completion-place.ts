import type { LabelMatcher } from '@aegisguard/model';
import { matchersOf } from './edit-query.ts';
import { type Token, tokenizeLogQl } from './logql-tokens.ts';

/** What may stand where the cursor is; `from` is where the word that is being typed begins. */
export type CompletionPlace =
  /** A query, or an operand: functions and selectors. */
  | { readonly kind: 'operand'; readonly from: number }
  /** A label of a selector, of a grouping, or behind `unwrap` and the like. */
  | { readonly kind: 'label'; readonly from: number; readonly isMatcher: boolean }
  /** A value of a label; `isQuoted` when its quote is there already. */
  | {
      readonly kind: 'value';
      readonly from: number;
      readonly label: string;
      readonly isQuoted: boolean;
      readonly others: readonly LabelMatcher[];
    }
  /** Behind a selector or a stage: a line filter or a bar. */
  | { readonly kind: 'pipe'; readonly from: number }
  /** Behind a bar: a stage, or a label to compare. */
  | {
      readonly kind: 'stage';
      readonly from: number;
      /** The log query up to the bar. */
      readonly pipeline: string;
    }
  /** Between square brackets. */
  | { readonly kind: 'range'; readonly from: number };

const GROUPINGS: ReadonlySet<string> = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);
/** Stages that names of labels follow. */
const LABEL_STAGES: ReadonlySet<string> = new Set(['unwrap', 'drop', 'keep', 'label_format']);
const COMPARISONS: ReadonlySet<string> = new Set(['=', '!=', '=~', '!~', '==']);
const LINE_OPERATORS: ReadonlySet<string> = new Set(['|=', '|~', '|>', '!>', '!=', '!~']);
const OPENING: ReadonlySet<string> = new Set(['(', '+', '-', '*', '/', '%', '^', '==', '>', '<', '>=', '<=']);

/** What can be completed at a place of a query; undefined where nothing can. */
export function completionPlace(query: string, position: number): CompletionPlace | undefined {
  const tokens = tokenizeLogQl(query.slice(0, position));
  const last = tokens.at(-1);
  if (last?.kind === 'comment') {
    return undefined;
  }
  const isTyping = last !== undefined && (last.kind === 'word' || last.kind === 'label' || last.kind === 'keyword');
  const typed = isTyping ? last : undefined;
  const before = tokens.filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  if (typed !== undefined) {
    before.pop();
  }
  const from = typed?.start ?? position;
  if (last?.kind === 'string' && isOpen(last)) {
    before.pop();
    return valuePlace(query, before, last.start + 1, true);
  }
  return isInSelector(before) ? inSelector(query, before, from) : outside(query, before, from);
}

function isOpen({ text }: Token): boolean {
  const quote = text[0] ?? '';
  return text.length === 1 || !text.endsWith(quote) || (quote === '"' && /(?:^|[^\\])(?:\\\\)*\\"$/.test(text));
}

function isInSelector(tokens: readonly Token[]): boolean {
  const brace = tokens.findLast(({ kind }) => kind === 'open' || kind === 'close');
  return brace?.kind === 'open';
}

function inSelector(query: string, before: readonly Token[], from: number): CompletionPlace | undefined {
  const last = before.at(-1);
  if (last?.kind === 'open' || last?.text === ',') {
    return { kind: 'label', from, isMatcher: true };
  }
  return last?.kind === 'operator' ? valuePlace(query, before, from, false) : undefined;
}

/** A value behind a label and an operator; a text behind anything else is anybody's guess. */
function valuePlace(
  query: string,
  before: readonly Token[],
  from: number,
  isQuoted: boolean,
): CompletionPlace | undefined {
  const [label, operator] = before.slice(-2);
  const isName = label?.kind === 'label' || label?.kind === 'word' || label?.kind === 'keyword';
  if (label === undefined || !isName || !COMPARISONS.has(operator?.text ?? '')) {
    return undefined;
  }
  const others = matchersOf(query).filter(({ start, name }) => start !== label.start && name !== label.text);
  return {
    kind: 'value',
    from,
    label: label.text,
    isQuoted,
    others: others.map(({ name, op, value }) => ({ name, op, value })),
  };
}

function outside(query: string, before: readonly Token[], from: number): CompletionPlace | undefined {
  const last = before.at(-1);
  const text = last?.text ?? '';
  if (last === undefined) {
    return { kind: 'operand', from };
  }
  if (text === '[') {
    return { kind: 'range', from };
  }
  if (isInList(before) || LABEL_STAGES.has(text)) {
    return { kind: 'label', from, isMatcher: false };
  }
  if (text === '|') {
    const selector = before.findLast(({ kind }) => kind === 'open');
    return { kind: 'stage', from, pipeline: query.slice(selector?.start ?? 0, last.start).trimEnd() };
  }
  if (LINE_OPERATORS.has(text) || COMPARISONS.has(text)) {
    return valuePlace(query, before, from, false) ?? (OPENING.has(text) ? { kind: 'operand', from } : undefined);
  }
  if (OPENING.has(text)) {
    return { kind: 'operand', from };
  }
  return hasSelector(before) ? { kind: 'pipe', from } : undefined;
}

/** Within the parentheses of a grouping, or behind the comma of a stage that names labels. */
function isInList(tokens: readonly Token[]): boolean {
  const text = tokens.at(-1)?.text;
  if (text !== '(' && text !== ',') {
    return false;
  }
  for (const [back, token] of [...tokens].reverse().entries()) {
    if (token.text === '(') {
      return GROUPINGS.has(tokens.at(-2 - back)?.text ?? '');
    }
    if (LABEL_STAGES.has(token.text)) {
      return true;
    }
    if (token.text === '|' || token.kind === 'close') {
      return false;
    }
  }
  return false;
}

/** Inside of a log query: a selector stands before, and no range or parenthesis has ended it. */
function hasSelector(tokens: readonly Token[]): boolean {
  const close = tokens.findLastIndex(({ kind }) => kind === 'close');
  return close !== -1 && !tokens.slice(close + 1).some(({ text }) => text === ']' || text === ')');
}
