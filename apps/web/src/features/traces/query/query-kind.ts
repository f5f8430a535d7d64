import { piecesOf } from './traceql-pieces.ts';
import { METRICS_FUNCTIONS } from './traceql-words.ts';

/** What a query answers with, if it is understood: without the parser, which comes after the page. Functions that make series are words that stand for nothing else. */
export function kindOfQuery(query: string): 'traces' | 'metrics' {
  return piecesOf(query).some(({ role, text }) => role === 'function' && METRICS_FUNCTIONS.has(text))
    ? 'metrics'
    : 'traces';
}
