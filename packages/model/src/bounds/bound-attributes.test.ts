import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../json.ts';
import { ATTRIBUTE_BYTES_MAX, ATTRIBUTE_DEPTH_MAX } from './attribute-limits.ts';
import { boundAttributes } from './bound-attributes.ts';
import { countLeaves } from './count-leaves.ts';
import { TextBounds } from './text-bounds.ts';

function bound(json: string): { attributes: JsonObject; truncated: boolean } {
  const bounds = new TextBounds(json);
  const attributes = boundAttributes(JSON.parse(json) as JsonObject, bounds);
  return { attributes, truncated: bounds.truncated };
}

/** `{"a":{"a":…{"a":1}}}` with so many objects around the 1. */
function nested(depth: number): string {
  return `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
}

describe('boundAttributes', () => {
  it('leaves what is within bounds as it is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), (attributes) => {
        const json = JSON.stringify(attributes);
        expect(bound(json)).toEqual({ attributes: JSON.parse(json), truncated: false });
      }),
    );
  });

  it('cuts a long text, and says so', () => {
    const long = 'x'.repeat(ATTRIBUTE_BYTES_MAX + 1);
    const { attributes, truncated } = bound(JSON.stringify({ a: long, b: { c: long }, d: long.slice(1) }));
    expect(truncated).toBe(true);
    expect(attributes).toEqual({ a: long.slice(1), b: { c: long.slice(1) }, d: long.slice(1) });
  });

  it.each([
    ['a long text in an array', [1, 'x'.repeat(ATTRIBUTE_BYTES_MAX)]],
    ['many numbers', Array.from({ length: 20_000 }, (_, at) => at)],
    ['many texts of two bytes a character', Array.from({ length: 10_000 }, () => 'ééé')],
    ['objects', Array.from({ length: 5000 }, () => ({ name: 'value', other: [null, true] }))],
    ['a long name', [{ ['k'.repeat(ATTRIBUTE_BYTES_MAX)]: 1 }]],
    ['arrays', Array.from({ length: 5000 }, () => [[[]], [[[]]]])],
  ])('keeps the beginning of the JSON text of an array that is too long: %s', (_, array) => {
    const { attributes, truncated } = bound(JSON.stringify({ a: array, b: { c: array }, d: [array.slice(0, 1)] }));
    const { a, b, d } = attributes;
    expect(truncated).toBe(true);
    expect(b).toEqual({ c: a });
    // One text of the array may be lost with the cut, which is made between words.
    expect(Buffer.byteLength(a as string)).toBeGreaterThan(ATTRIBUTE_BYTES_MAX - 10);
    expect(Buffer.byteLength(a as string)).toBeLessThanOrEqual(ATTRIBUTE_BYTES_MAX);
    expect(JSON.stringify(array).startsWith(a as string)).toBe(true);
    expect(typeof d === 'string' || JSON.stringify(d) === JSON.stringify([array.slice(0, 1)])).toBe(true);
  });

  it('keeps an array whose JSON text is exactly as long as a value may be', () => {
    const inBounds = ['é'.repeat(ATTRIBUTE_BYTES_MAX / 4), 'x'.repeat(ATTRIBUTE_BYTES_MAX / 2 - 7)];
    expect(Buffer.byteLength(JSON.stringify(inBounds))).toBe(ATTRIBUTE_BYTES_MAX);
    expect(bound(JSON.stringify({ a: inBounds }))).toEqual({ attributes: { a: inBounds }, truncated: false });
    const { attributes, truncated } = bound(JSON.stringify({ a: [...inBounds.slice(0, 1), `${inBounds[1]}x`] }));
    expect([typeof attributes.a, truncated]).toEqual(['string', true]);
  });

  it('keeps the allowed depth and turns what is deeper into JSON text', () => {
    const inBounds = nested(ATTRIBUTE_DEPTH_MAX + 1);
    expect(bound(inBounds)).toEqual({ attributes: JSON.parse(inBounds), truncated: false });
    let value: JsonValue | undefined = bound(nested(ATTRIBUTE_DEPTH_MAX + 3)).attributes;
    for (let depth = 0; depth <= ATTRIBUTE_DEPTH_MAX; depth += 1) {
      value = (value as JsonObject).a;
    }
    expect(value).toBe('{"a":{"a":1}}');
  });

  it('survives any depth, of objects and arrays', () => {
    expect(bound(nested(100_000)).truncated).toBe(true);
    expect(bound(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`).truncated).toBe(true);
  });

  it('makes lone surrogates U+FFFD, in names as well, and leaves pairs alone', () => {
    expect(bound('{"a\\ud800":"\\uDC00b","c":["\\ud83d\\ude00"]}').attributes).toEqual({
      'a\uFFFD': '\uFFFDb',
      c: ['😀'],
    });
  });

  it('keeps names that mean something to JavaScript as data', () => {
    const json = '{"__proto__":{"x":"\\ud800"},"constructor":1,"toString":null}';
    const { attributes } = bound(json);
    expect(Object.keys(attributes)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(JSON.stringify(attributes)).toBe('{"__proto__":{"x":"\uFFFD"},"constructor":1,"toString":null}');
    expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype);
  });

  it('cuts a long name and keeps the later of two that become the same', () => {
    const long = 'k'.repeat(ATTRIBUTE_BYTES_MAX);
    const { attributes, truncated } = bound(JSON.stringify({ [`${long}1`]: 1, [`${long}2`]: 2 }));
    expect(truncated).toBe(true);
    expect(attributes).toEqual({ [long]: 2 });
  });

  it('says infinity in words', () => {
    expect(bound('{"a":1e999,"b":[-1e999]}').attributes).toEqual({ a: 'Infinity', b: ['-Infinity'] });
  });
});

describe('countLeaves', () => {
  it.each([
    ['{}', 0],
    ['{"a":null,"b":{"c":{}}}', 0],
    ['{"a":1,"b":{"c":"x","d":[1,2,{"e":1}]}}', 3],
    ['{"__proto__":1,"constructor":2}', 2],
    [nested(100_000), 1],
  ])('%.60s', (json, count) => {
    expect(countLeaves(JSON.parse(json) as JsonObject, 512)).toBe(count);
  });

  it('stops just beyond the limit', () => {
    const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, { x: 1, y: 2 }]));
    expect(countLeaves(wide, 512)).toBe(513);
  });
});
