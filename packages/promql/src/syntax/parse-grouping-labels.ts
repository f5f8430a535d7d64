import { invalidQuery } from '@aegisguard/model';
import type { Token } from './token.ts';
import type { TokenReader } from './token-reader.ts';
import { unquote } from './unquote.ts';

const CONTEXT = 'grouping opts';

function isLabel({ kind, word }: Token): boolean {
  return (
    kind === 'identifier' || kind === 'metric-name' || kind === 'string' || (kind === 'keyword' && word !== 'without')
  );
}

function parseLabel(reader: TokenReader): string {
  if (!isLabel(reader.peek())) {
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
