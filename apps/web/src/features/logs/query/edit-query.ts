import type { MatchOperator } from '@aegisguard/model';
import { quoteLogQl, unquoteLogQl } from './logql-string.ts';
import { type Token, tokenizeLogQl } from './logql-tokens.ts';

/** A label matcher as it stands in a query; `start` and `end` are UTF-16 offsets. */
export interface QueryMatcher {
  readonly name: string;
  readonly op: MatchOperator;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A stream selector as it stands in a query. */
interface QuerySelector {
  /** Offset after the opening brace. */
  readonly inside: number;
  /** Offset of the closing brace, or the end of the text when it is missing. */
  readonly close: number;
  readonly isClosed: boolean;
  readonly endsWithComma: boolean;
  readonly matchers: readonly QueryMatcher[];
}

const OPERATORS: ReadonlySet<string> = new Set<MatchOperator>(['=', '!=', '=~', '!~']);

function isMatchOperator(text: string): text is MatchOperator {
  return OPERATORS.has(text);
}

function isMeaningful(token: Token): boolean {
  return token.kind !== 'space' && token.kind !== 'comment';
}

function matcherOf(name: Token | undefined, op: Token | undefined, value: Token | undefined): QueryMatcher | undefined {
  if (name?.kind !== 'label' || value?.kind !== 'string' || op === undefined || !isMatchOperator(op.text)) {
    return undefined;
  }
  const text = unquoteLogQl(value.text);
  return text === undefined
    ? undefined
    : { name: name.text, op: op.text, value: text, start: name.start, end: value.start + value.text.length };
}

function selectorFrom(tokens: readonly Token[], openAt: number, textLength: number): QuerySelector {
  const open = tokens[openAt];
  const inner: Token[] = [];
  let close: Token | undefined;
  for (const token of tokens.slice(openAt + 1)) {
    if (token.kind === 'close') {
      close = token;
      break;
    }
    if (isMeaningful(token)) {
      inner.push(token);
    }
  }
  const matchers = inner.flatMap((_, index) => matcherOf(inner[index], inner[index + 1], inner[index + 2]) ?? []);
  return {
    inside: (open?.start ?? 0) + 1,
    close: close?.start ?? textLength,
    isClosed: close !== undefined,
    endsWithComma: inner.at(-1)?.text === ',',
    matchers,
  };
}

function selectorsOf(query: string): readonly QuerySelector[] {
  const tokens = tokenizeLogQl(query);
  return tokens.flatMap((token, index) => (token.kind === 'open' ? [selectorFrom(tokens, index, query.length)] : []));
}

function splice(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

function append(query: string, selector: QuerySelector, matcher: string): string {
  const before = query.slice(selector.inside, selector.close);
  const separator = before.trim() === '' ? '' : selector.endsWithComma ? ' ' : ', ';
  // After the last thing inside that is not space; a comment there must keep its line end.
  const at = before.includes('#') ? selector.close : selector.inside + before.trimEnd().length;
  return splice(query, at, selector.close, `${separator}${matcher}${selector.isClosed ? '' : '}'}`);
}

function applyTo(query: string, selector: QuerySelector, name: string, op: '=' | '!=', value: string): string {
  const same = selector.matchers.filter((matcher) => matcher.name === name);
  if (same.some((matcher) => matcher.op === op && matcher.value === value)) {
    return query;
  }
  const wanted = `${name}${op}${quoteLogQl(value)}`;
  // Two different values for one label can never both hold, and a value cannot be wanted and unwanted: the newest wish wins.
  const replaced = same.find(
    (matcher) =>
      (op === '=' && matcher.op === '=') || (matcher.op === (op === '=' ? '!=' : '=') && matcher.value === value),
  );
  return replaced === undefined ? append(query, selector, wanted) : splice(query, replaced.start, replaced.end, wanted);
}

/** Adds a matcher, as it is written, to the query's first selector; a query without one gets one. */
export function appendMatcher(query: string, matcher: string): string {
  const [selector] = selectorsOf(query);
  return selector === undefined
    ? `{${matcher}}${query.trim() === '' ? '' : ` ${query.trim()}`}`
    : append(query, selector, matcher);
}

/** Takes a matcher out, with its comma. */
export function removeMatcher(query: string, { start, end }: Pick<QueryMatcher, 'start' | 'end'>): string {
  const selector = selectorsOf(query).find(({ inside, close }) => inside <= start && end <= close);
  return selector === undefined ? query : removeAt(query, selector, start, end);
}

/** From the last selector to the first, so that earlier offsets stay true. */
function editSelectors(query: string, edit: (query: string, selector: QuerySelector) => string): string {
  return selectorsOf(query).reduceRight(edit, query);
}

function withMatcher(query: string, name: string, op: '=' | '!=', value: string): string {
  if (selectorsOf(query).length === 0) {
    return appendMatcher(query, `${name}${op}${quoteLogQl(value)}`);
  }
  return editSelectors(query, (text, selector) => applyTo(text, selector, name, op, value));
}

/** Narrows every selector of the query to logs whose label has the value. */
export function filterFor(query: string, name: string, value: string): string {
  return withMatcher(query, name, '=', value);
}

/** Narrows every selector of the query to logs whose label does not have the value. */
export function filterOut(query: string, name: string, value: string): string {
  return withMatcher(query, name, '!=', value);
}

function removeFrom(query: string, selector: QuerySelector, name: string, value: string): string {
  const matcher = selector.matchers.find((each) => each.name === name && each.op === '=' && each.value === value);
  return matcher === undefined ? query : removeAt(query, selector, matcher.start, matcher.end);
}

function removeAt(query: string, selector: QuerySelector, start: number, end: number): string {
  const after = /^\s*,\s*/.exec(query.slice(end, selector.close))?.[0].length ?? 0;
  const before = after > 0 ? 0 : (/\s*,\s*$/.exec(query.slice(selector.inside, start))?.[0].length ?? 0);
  return splice(query, start - before, end + after, '');
}

/** Takes `name="value"` out of every selector. */
export function withoutFilter(query: string, name: string, value: string): string {
  return editSelectors(query, (text, selector) => removeFrom(text, selector, name, value));
}

/** The matchers of the first selector, in the order they stand. */
export function matchersOf(query: string): readonly QueryMatcher[] {
  return selectorsOf(query)[0]?.matchers ?? [];
}

/** True when every selector demands that the label has the value. */
export function hasFilter(query: string, name: string, value: string): boolean {
  return matchersOf(query).some((matcher) => matcher.name === name && matcher.op === '=' && matcher.value === value);
}

/** True for a query that gives logs (and so has a histogram), false for one that gives numbers; a guess that the server has the last word on. */
export function isLogQuery(query: string): boolean {
  const first = tokenizeLogQl(query).find(isMeaningful);
  return first === undefined || first.kind === 'open';
}

/** The texts that a line must contain (`|= "…"`), for marking them in the lines. */
export function searchedTexts(query: string): readonly string[] {
  const tokens = tokenizeLogQl(query).filter(isMeaningful);
  return tokens.flatMap((token, index) => {
    const value = tokens[index + 1];
    const text = token.text === '|=' && value?.kind === 'string' ? unquoteLogQl(value.text) : undefined;
    return text === undefined || text === '' ? [] : [text];
  });
}

/** What someone who typed plain words into the bar probably meant; undefined when the text already looks like LogQL. */
export function asLineFilter(query: string): string | undefined {
  const text = query.trim();
  const looksLikeLogQl = text.includes('{') || /^[a-z_]+\s*(?:by|without|\()/.test(text);
  return text === '' || looksLikeLogQl ? undefined : `{} |= ${quoteLogQl(unquoteLogQl(text) ?? text)}`;
}
