import type { JsonObject, JsonValue } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipboardText, flattenJson, type JsonRow, jsonPathText } from './json-tree.ts';

const objects = fc.dictionary(fc.string(), fc.jsonValue()).map((object) => object as JsonObject);
const ALL = (): boolean => true;

function valueAt(root: JsonValue, path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Readonly<Record<string, JsonValue>>)[step] : undefined,
    root,
  );
}

/** Builds the object again from the rows of a tree that is open everywhere. */
function rebuild(rows: readonly JsonRow[]): JsonObject {
  const root: JsonObject = Object.create(null);
  const containers = new Map<string, JsonObject | JsonValue[]>([['', root]]);
  for (const row of rows) {
    const parent = containers.get(row.pointer.slice(0, row.pointer.lastIndexOf('/')));
    const own: JsonValue = row.kind === 'object' ? Object.create(null) : row.kind === 'array' ? [] : row.value;
    if (typeof own === 'object' && own !== null) {
      containers.set(row.pointer, own);
    }
    Object.assign(parent ?? {}, { [row.key]: own });
  }
  return root;
}

describe('flattenJson', () => {
  it('shows everything once when everything is open', () => {
    fc.assert(
      fc.property(objects, (object) => {
        const rows = flattenJson(object, ALL);
        expect(JSON.stringify(rebuild(rows))).toBe(JSON.stringify(object));
        expect(new Set(rows.map((row) => row.pointer)).size).toBe(rows.length);
        for (const row of rows) {
          expect(row.value).toBe(valueAt(object, row.path));
        }
      }),
    );
  });

  it('shows only the first level when nothing is open', () => {
    fc.assert(
      fc.property(objects, (object) => {
        const rows = flattenJson(object, () => false);
        expect(rows.map((row) => row.key)).toEqual(Object.keys(object));
        expect(rows.every((row) => row.depth === 0 && !row.isOpen && row.siblings === rows.length)).toBe(true);
      }),
    );
  });

  it('opens what it is told to open', () => {
    const rows = flattenJson({ a: { b: { c: 1 } }, d: [] }, (pointer) => pointer === '/a');
    expect(rows.map(({ pointer, depth, isOpen, size, place }) => [pointer, depth, isOpen, size, place])).toEqual([
      ['/a', 0, true, 1, 1],
      ['/a/b', 1, false, 1, 1],
      ['/d', 0, false, 0, 2],
    ]);
  });

  it('bears any depth', () => {
    let deep: JsonObject = {};
    for (let level = 0; level < 3000; level++) {
      deep = { x: deep };
    }
    expect(flattenJson(deep, ALL)).toHaveLength(3000);
  });
});

it.each([
  [['a', 'b'], 'a.b'],
  [['http.status', '0', 'x y'], '["http.status"][0]["x y"]'],
  [['0'], '["0"]'],
])('writes the path %j as %s', (path, text) => {
  expect(jsonPathText(path)).toBe(text);
});

it.each<[JsonValue, string]>([
  ['a "text"', 'a "text"'],
  [5, '5'],
  [null, 'null'],
  [{ a: 1 }, '{\n  "a": 1\n}'],
])('copies %j as %s', (value, text) => {
  expect(clipboardText(value)).toBe(text);
});
