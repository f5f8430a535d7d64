import type { JsonObject, JsonValue } from '@aegisguard/model';

/** The steps from the root to a value. */
export type JsonPath = readonly string[];

/** What a value is, for its colour and whether it can be opened. */
export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

/** One visible line of the tree. */
export interface JsonRow {
  /** JSON Pointer (RFC 6901). */
  readonly pointer: string;
  readonly path: JsonPath;
  readonly key: string;
  readonly value: JsonValue;
  readonly kind: JsonKind;
  readonly depth: number;
  /** Members inside, 0 for a scalar. */
  readonly size: number;
  readonly isOpen: boolean;
  /** 1-based place among its siblings, and how many there are. */
  readonly place: number;
  readonly siblings: number;
}

/** What a value is. */
export function jsonKind(value: JsonValue): JsonKind {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'array';
  }
  return typeof value as Exclude<JsonKind, 'null' | 'array'>;
}

/** RFC 6901. */
export function jsonPointer(path: JsonPath): string {
  return path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function membersOf(value: JsonValue): readonly (readonly [string, JsonValue])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** The visible lines below a value, in order; `isOpen` says which containers show their members. */
export function flattenJson(root: JsonObject, isOpen: (pointer: string, depth: number) => boolean): readonly JsonRow[] {
  const rows: JsonRow[] = [];
  // A stack, not recursion: a record may be nested as deep as its sender liked.
  const pending: {
    readonly path: JsonPath;
    readonly value: JsonValue;
    readonly place: number;
    readonly siblings: number;
  }[] = [];
  const push = (path: JsonPath, value: JsonValue): void => {
    const members = membersOf(value);
    for (let index = members.length - 1; index >= 0; index--) {
      const [key, member] = members[index] ?? ['', null];
      pending.push({ path: [...path, key], value: member, place: index + 1, siblings: members.length });
    }
  };
  push([], root);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { path, value, place, siblings } = next;
    const pointer = jsonPointer(path);
    const depth = path.length - 1;
    const size = membersOf(value).length;
    const open = size > 0 && isOpen(pointer, depth);
    rows.push({
      pointer,
      path,
      key: path.at(-1) ?? '',
      value,
      kind: jsonKind(value),
      depth,
      size,
      isOpen: open,
      place,
      siblings,
    });
    if (open) {
      push(path, value);
    }
  }
  return rows;
}

/** A path as people write it: `a.b["c d"][0]`. */
export function jsonPathText(path: JsonPath): string {
  return path
    .map((step, index) => {
      if (/^[A-Za-z_$][\w$]*$/.test(step)) {
        return index === 0 ? step : `.${step}`;
      }
      return /^\d+$/.test(step) && index > 0 ? `[${step}]` : `[${JSON.stringify(step)}]`;
    })
    .join('');
}

/** A value as it is put on the clipboard: a text bare, everything else as JSON. */
export function clipboardText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
