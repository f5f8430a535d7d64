import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Stage } from '../../syntax/ast/stage.ts';
import { labelNameOf } from '../parsed-labels.ts';
import { pushedLabels, runStages } from '../testing/run-stages.ts';

const JSON_STAGE: Stage = { kind: 'json', extractions: [] };
const OBJECT = "Value looks like object, but can't find closing '}' symbol";

function labelsOf(line: string, stream = {}, metadata = {}): unknown {
  return runStages([JSON_STAGE], line, pushedLabels(stream, metadata))?.labels;
}

describe('json', () => {
  it.each<[line: string, labels: Record<string, string>]>([
    ['{}', {}],
    ['{"a":"x","b":1.50,"c":true,"d":false}', { a: 'x', b: '1.50', c: 'true', d: 'false' }],
    ['{"a":null,"b":[1,{"c":2}],"d":""}', { d: '' }],
    ['{"a":{"b":{"c":1},"d":2},"e":3}', { a_b_c: '1', a_d: '2', e: '3' }],
    ['{"a":{},"b":1}', { b: '1' }],
    ['{"a-b":1,"c.d":{"e f":2},"é":3,"😀":4}', { a_b: '1', c_d_e_f: '2', _: '3' }],
    ['{"1a":1,"b":{"2c":2},"3d":{"e":4}}', { _1a: '1', b_2c: '2', _3d_e: '4' }],
    ['{" ":1," ":{"a":2},"b":{" ":3}," c ":4}', { a: '2', b: '3', c: '4' }],
    ['  {"a" : "x" ,\n"b":\t2}', { a: 'x', b: '2' }],
    ['{"a":"q\\"\\u00e9\\ud83d\\ude00\\n\\/"}', { a: 'q"é😀\n/' }],
    ['{"a":"x\\\\","b":"y"}', { a: 'x\\', b: 'y' }],
    ['{"a":"\\ud83d"}', { a: '' }],
    ['{"a":"\\x"}', { a: '' }],
    ['{"a":"x\ufffdy"}', { a: 'x y' }],
    ['{"a":1,"a":2}', { a: '1' }],
    ['{"a":1} and more', { a: '1' }],
    ['{"a":1,}', { a: '1' }],
    [
      '{"__proto__":1,"constructor":{"x":2}}',
      Object.fromEntries([
        ['__proto__', '1'],
        ['constructor_x', '2'],
      ]),
    ],
    ['{"a":{"b":"}"},"c":"{"}', { a_b: '}', c: '{' }],
  ])('%s', (line, labels) => {
    expect(labelsOf(line)).toEqual(labels);
  });

  it.each<[line: string, details: string, labels?: Record<string, string>]>([
    ['', OBJECT],
    ['plain', OBJECT],
    ['[1]', OBJECT],
    ['"a"', OBJECT],
    ['{n}', OBJECT],
    ['{', 'Malformed JSON error'],
    ['{"a"', 'Malformed JSON error'],
    ['{"a', 'Malformed JSON error'],
    ['{"a":', 'Malformed JSON error'],
    ['{"a":1', "Value looks like array, but can't find closing ']' symbol", { a: '1' }],
    ['{"a":1,', "Value looks like array, but can't find closing ']' symbol", { a: '1' }],
    ['{"a":1 "b":2}', OBJECT, { a: '1' }],
    ['{"a":1,"b":x}', 'Unknown value type', { a: '1' }],
    ['{"a":truth}', 'Unknown value type'],
    ['{"a":"x', "Value looks like string, but can't find closing '\"' symbol"],
    ['{"a":{"b":1', OBJECT],
    ['{"a":[1', "Value looks like array, but can't find closing ']' symbol"],
    ['{"a":{"b":1 2}}', OBJECT, { a_b: '1' }],
    ['{"\\x":1}', 'Encountered an invalid escape sequence in a string'],
  ])('notes the error of %j', (line, details, labels = {}) => {
    expect(labelsOf(line)).toEqual({ ...labels, __error__: 'JSONParserErr', __error_details__: details });
  });

  it('renames what the stream or metadata have', () => {
    expect(labelsOf('{"app":"a","user":"b"}', { app: 'web' }, { user: 'ann' })).toEqual({
      app: 'web',
      app_extracted: 'a',
      user: 'ann',
      user_extracted: 'b',
    });
  });

  it('renames for the streams that need it only', () => {
    const labels = ['{"app":1}', '{"app":2}'].map((line, i) => labelsOf(line, i === 0 ? { app: 'web' } : {}));
    expect(labels).toEqual([{ app: 'web', app_extracted: '1' }, { app: '2' }]);
  });

  it('goes into objects to a bounded depth', () => {
    const deep = `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`;
    expect(labelsOf(`{"deep":${deep},"b":2}`)).toEqual({ b: '2' });
  });

  it('finds in a document what a whole parser finds', () => {
    const document = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 });
    fc.assert(
      fc.property(document, fc.nat(2), (value, indent) => {
        expect(labelsOf(JSON.stringify(value, undefined, indent))).toEqual(Object.fromEntries(flattened(value, '')));
      }),
    );
  });
});

/** Labels of what was parsed, the first of a name last, so that it stays. */
function flattened(value: unknown, prefix: string): [name: string, value: string][] {
  return Object.entries(value as Record<string, unknown>)
    .reverse()
    .flatMap(([key, member]): [string, string][] => {
      const name = [prefix, labelNameOf(key, prefix === '')].filter((part) => part !== '').join('_');
      if (typeof member === 'object') {
        return member === null || Array.isArray(member) ? [] : flattened(member, name);
      }
      return name === '' ? [] : [[name, String(member).toWellFormed().replaceAll('\ufffd', ' ')]];
    });
}
