import { invalidQuery } from '@aegisguard/model';
import type { Grouping } from './ast/grouping.ts';
import type { TokenReader } from './token-reader.ts';

/** Parses labels in parentheses, behind `by`, `on` and the like: in the query's order, distinct. */
export function parseLabelNames(tokens: TokenReader, where: string): readonly string[] {
  return tokens.inParentheses(() => {
    if (tokens.isNext(')')) {
      return [];
    }
    const names = tokens.list(() => tokens.expect('name', 'a label name').text, 'labels');
    if (!tokens.isNext(')')) {
      tokens.fail('"," or ")" after a label name');
    }
    return [...new Set(names)];
  }, where);
}

/** Parses `by (a, b)` or `without (a, b)` if that is next. */
export function parseGrouping(tokens: TokenReader): Grouping | undefined {
  const kind = (['by', 'without'] as const).find((word) => tokens.takeIf(word));
  return kind === undefined ? undefined : { kind, labels: parseLabelNames(tokens, `after ${kind}`) };
}

/** Parses the grouping behind an aggregation, which may have one before already. */
export function parseGroupingBehind(tokens: TokenReader, before: Grouping | undefined): Grouping | undefined {
  const { position } = tokens.peek();
  const behind = parseGrouping(tokens);
  if (before !== undefined && behind !== undefined) {
    throw invalidQuery(position, 'the grouping stands there twice');
  }
  return before ?? behind;
}
