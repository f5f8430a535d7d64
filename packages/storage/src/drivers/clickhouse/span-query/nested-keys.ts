import { textLiteral } from '../sql-literal.ts';

/** A text and a colon: in JSON as `JSON.stringify` writes it, a key at any depth. A key that begins with a colon may be overlooked, and what stands in an array be taken for one. */
const KEY = '"((?:[^"\\\\]|\\\\.)*)":';

/** The keys in the attributes of a span's events and links, each once, as JSON writes them. Part of a projection: changing it needs a migration. */
export const NESTED_KEYS = { event: keysOf('events.attributes'), link: keysOf('links.attributes') } as const;

function keysOf(column: string): string {
  return `arraySort(arrayDistinct(extractAll(arrayStringConcat(${column}), ${textLiteral(KEY)})))`;
}

/** Whether one of the keys may be the last of an attribute's name. */
export function mayBeNamed(keys: ReadonlySet<string>, name: string): boolean {
  for (let from = 0; ; ) {
    const key = name.slice(from);
    if (key.startsWith(':') || keys.has(JSON.stringify(key).slice(1, -1))) {
      return true;
    }
    const dot = name.indexOf('.', from);
    if (dot < 0) {
      return false;
    }
    from = dot + 1;
  }
}
