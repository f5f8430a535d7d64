import type { JsonObject, JsonValue } from '../json.ts';

/** A container that is being written, and how far it is. */
interface Writing {
  readonly container: JsonValue[] | JsonObject;
  /** The members' names; `undefined` for an array. */
  readonly keys: readonly string[] | undefined;
  next: number;
}

function openContainer(container: JsonValue[] | JsonObject): Writing {
  return { container, keys: Array.isArray(container) ? undefined : Object.keys(container), next: 0 };
}

/** What is written of a value before its members: of a scalar everything. */
function beginning(value: JsonValue): string {
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value) ? '[' : '{';
  }
  // A number beyond the doubles has become infinite, which JSON cannot say.
  return JSON.stringify(typeof value === 'number' && !Number.isFinite(value) ? String(value) : value);
}

/**
 * A value's JSON text, written until it is longer than `lengthMax` (UTF-16 units) and then no further: the caller cuts it. Nesting costs memory, not stack:
 * `JSON.stringify` overflows the stack on a value nested some thousands deep, which `JSON.parse` readily makes. What is not written costs nothing.
 */
export function stringifyBounded(value: JsonValue, lengthMax: number): string {
  const open: Writing[] = [];
  let written = '';
  const begin = (begun: JsonValue): void => {
    written += beginning(begun);
    if (typeof begun === 'object' && begun !== null) {
      open.push(openContainer(begun));
    }
  };
  begin(value);
  for (let top = open.at(-1); top !== undefined && written.length <= lengthMax; top = open.at(-1)) {
    const { container, keys, next } = top;
    if (next === (keys ?? (container as JsonValue[])).length) {
      written += keys === undefined ? ']' : '}';
      open.pop();
      continue;
    }
    top.next += 1;
    const key = keys?.[next];
    written += `${next > 0 ? ',' : ''}${key === undefined ? '' : `${JSON.stringify(key)}:`}`;
    begin((key === undefined ? (container as JsonValue[])[next] : (container as JsonObject)[key]) ?? null);
  }
  return written;
}
