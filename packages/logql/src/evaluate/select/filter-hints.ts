import type { LogHint } from '@aegisguard/model';
import type { LabelFilter } from '../../syntax/ast/label-filter.ts';
import type { LabelOrigin } from './label-origin.ts';

/** Of a line that has one of them a parser can make a value that does not stand in it: it resolves escapes, and leaves out what was no UTF-8. */
const NOT_AS_WRITTEN = ['\\', '\ufffd'];

/** What is true of every log that passes a label filter. Only of values that are asked for as a whole: they stand in the line, or the log has them. */
export function filterHints(filter: LabelFilter, origin: LabelOrigin): readonly LogHint[] {
  if (origin === 'made') {
    return [];
  }
  if (filter.kind === 'and') {
    return [...filterHints(filter.left, origin), ...filterHints(filter.right, origin)];
  }
  if (filter.kind === 'or') {
    const [left] = filterHints(filter.left, origin);
    const [right] = filterHints(filter.right, origin);
    return left === undefined || right === undefined ? [] : [either(left, right)];
  }
  if (
    filter.kind !== 'text' ||
    filter.matcher.op !== '=' ||
    filter.matcher.value === '' ||
    !isPlain(filter.matcher.name)
  ) {
    return [];
  }
  const texts = origin === 'line' ? [filter.matcher.value, ...NOT_AS_WRITTEN] : [];
  return [{ texts, matchers: [filter.matcher] }];
}

function either(left: LogHint, right: LogHint): LogHint {
  return {
    texts: [...new Set([...left.texts, ...right.texts])],
    matchers: [...left.matchers, ...right.matchers],
  };
}

/** Whether the reader and the pipeline mean the same by a name: errors are the pipeline's, and so are the names of metadata that a stream has, too. */
export function isPlain(name: string): boolean {
  return !(name.startsWith('__') || name.endsWith('_extracted'));
}
