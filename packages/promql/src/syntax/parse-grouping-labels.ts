import { invalidQuery } from '@aegisguard/model';
import type { TokenKind } from './token.ts';
import type { TokenReader } from './token-reader.ts';
import { unquote } from './unquote.ts';

const CONTEXT = 'grouping opts';

const LABELS: ReadonlySet<TokenKind> = new Set(['identifier', 'metric-name', 'keyword', 'string']);

function parseLabel(reader: TokenReader): string {
  if (!LABELS.has(reader.peek().kind)) {
    reader.unexpected(CONTEXT, 'label');
  }
  const token = reader.take();
  const name = token.kind === 'string' ? unquote(token) : token.text;
  if (name === '') {
    throw invalidQuery(token.from, 'invalid label name for grouping: ""');
  }
  return name;
}

/** Labels in parentheses, behind `by`, `without`, `on`, `ignoring` and the like. */
export function parseGroupingLabels(reader: TokenReader): string[] {
  reader.expect('(', CONTEXT, '"("');
  const labels: string[] = [];
  while (!reader.takeIf(')')) {
    labels.push(parseLabel(reader));
    if (!reader.isNext(')')) {
      reader.expect(',', CONTEXT, '"," or ")"');
    }
  }
  return labels;
}
