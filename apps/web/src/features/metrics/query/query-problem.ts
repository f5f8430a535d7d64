import { AegisError } from '@aegisguard/model';
import { parseQuery } from '@aegisguard/promql/syntax';
import { fillVariables, MARKED_VALUES } from './query-variables.ts';

/** Where a query is wrong, and why. */
export interface QueryProblem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

const WORD = /[\w:.$]/;

/** The word at a place, or the character, or the last one at the end: what is underlined. */
export function underlined(text: string, position: number): { readonly from: number; readonly to: number } {
  const from = Math.max(0, Math.min(position, text.length - 1));
  let to = from;
  while (to < text.length && WORD.test(text[to] ?? '')) {
    to += 1;
  }
  return { from, to: Math.min(text.length, Math.max(to, from + 1)) };
}

/** What the server would say of a query, found by the same parser; undefined for one that it would run. */
export function queryProblem(text: string): QueryProblem | undefined {
  if (text.trim() === '') {
    return undefined;
  }
  try {
    parseQuery(fillVariables(text, MARKED_VALUES));
    return undefined;
  } catch (error) {
    if (!(error instanceof AegisError)) {
      throw error;
    }
    const position = /^At position (\d+): /.exec(error.detail ?? '')?.[1];
    const message = (error.detail ?? error.message).replace(/^At position \d+: /, '');
    return { ...underlined(text, Number(position ?? 0)), message };
  }
}
