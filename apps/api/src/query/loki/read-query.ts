import { type LogQuery, parseLogQuery, parseQuery, parseStreamSelector, type Query } from '@aegisguard/logql';
import type { LabelMatcher } from '@aegisguard/model';
import { inParserWords } from '../parse-error-words.ts';

/** As Loki demands, a query says at least one thing that its streams have. */
const LOKI = { allowsAnyStream: false } as const;

function inWords<T>(query: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw inParserWords(query, error);
  }
}

/** Any query. */
export function readQuery(query: string): Query {
  return inWords(query, () => parseQuery(query, LOKI));
}

/** A query for logs. */
export function readLogQuery(query: string): LogQuery {
  return inWords(query, () => parseLogQuery(query, LOKI));
}

/** What selects logs where that may be nothing at all: an empty text, or `{}`. */
export function readSelection(query: string): LogQuery {
  return query.trim() === ''
    ? { kind: 'log-query', matchers: [], stages: [] }
    : inWords(query, () => parseLogQuery(query));
}

/** A selector that stands alone. */
export function readSelector(query: string): readonly LabelMatcher[] {
  return inWords(query, () => parseStreamSelector(query));
}

/** The same that says at least one thing that its streams have. */
export function readStreamSelector(query: string): readonly LabelMatcher[] {
  return inWords(query, () => parseStreamSelector(query, LOKI));
}
