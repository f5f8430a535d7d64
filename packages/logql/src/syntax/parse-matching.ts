// https://grafana.com/docs/loki/latest/query/#keywords-on-and-ignoring
import type { VectorMatching } from './ast/binary-operation.ts';
import { parseLabelNames } from './parse-grouping.ts';
import type { TokenReader } from './token-reader.ts';

const CARDS = { group_left: 'many-to-one', group_right: 'one-to-many' } as const;

/** Parses `on (a) group_left (b)` or `ignoring (a) group_right`, if that is next. */
export function parseMatching(tokens: TokenReader): VectorMatching | undefined {
  const kind = (['on', 'ignoring'] as const).find((word) => tokens.takeIf(word));
  if (kind === undefined) {
    return undefined;
  }
  const labels = parseLabelNames(tokens, `after ${kind}`);
  const group = (['group_left', 'group_right'] as const).find((word) => tokens.takeIf(word));
  if (group === undefined) {
    return { kind, labels, card: 'one-to-one', include: [] };
  }
  // Without labels, a parenthesis behind it may begin the right side: only labels, and then one more operand, make it a list.
  const include = isLabelListNext(tokens) ? parseLabelNames(tokens, `after ${group}`) : [];
  return { kind, labels, card: CARDS[group], include };
}

/** A name that a comma or a closing parenthesis follows is no operand. */
function isLabelListNext(tokens: TokenReader): boolean {
  return (
    tokens.isNext('(') &&
    (tokens.isNext(')', 1) || (tokens.peek(1).kind === 'name' && (tokens.isNext(',', 2) || tokens.isNext(')', 2))))
  );
}
