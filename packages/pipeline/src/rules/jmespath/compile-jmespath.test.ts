import type { JsonValue } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { compileJmesPath } from './compile-jmespath.ts';
import { JmesPathError } from './jmespath-error.ts';

const DOCUMENT: JsonValue = {
  a: { b: { c: 1 }, 'x y': true },
  list: [
    { name: 'one', size: 1, tags: ['p', 'q'] },
    { name: 'two', size: 2, tags: ['r'] },
    { name: 'three', size: 30 },
  ],
  nested: [[1, 2], [3], 4],
  text: 'aé😀',
  empty: [],
  nothing: null,
};

it.each<[expression: string, found: JsonValue]>([
  ['a.b.c', 1],
  ['a."x y"', true],
  ['a.missing.c', null],
  ['list[0].name', 'one'],
  ['list[-1].name', 'three'],
  ['list[*].name', ['one', 'two', 'three']],
  ['list[*].tags[0]', ['p', 'r']],
  ['list[*].tags[]', ['p', 'q', 'r']],
  ['list[].tags[] | [1]', 'q'],
  ['list[?size > `1`].name', ['two', 'three']],
  ["list[?name == 'one'].tags | [0]", ['p', 'q']],
  ["list[?name == 'one' || size >= `30`].size", [1, 30]],
  ['list[?!tags].name', ['three']],
  ['list[:2].size', [1, 2]],
  ['list[::-1].size', [30, 2, 1]],
  ['list[1:].size', [2, 30]],
  ['nested[]', [1, 2, 3, 4]],
  ['a.*', [{ c: 1 }, true]],
  ['a.*.c', [1]],
  ['*.b.c', [1]],
  ['list[0].[name, size]', ['one', 1]],
  ['list[*].{n: name, "s": size} | [1]', { n: 'two', s: 2 }],
  ['nothing || text', 'aé😀'],
  ['a && text', 'aé😀'],
  ['empty && text', []],
  ['length(text)', 3],
  ['length(list)', 3],
  ['sum(list[*].size)', 33],
  ['max_by(list, &size).name', 'three'],
  ['sort_by(list, &name)[*].name', ['one', 'three', 'two']],
  ['map(&size, list)', [1, 2, 30]],
  ["join('-', list[*].name)", 'one-two-three'],
  ["contains(text, 'é')", true],
  ['keys(a)', ['b', 'x y']],
  ['to_string(nested)', '[[1,2],[3],4]'],
  ["to_number('12')", 12],
  ['not_null(nothing, a.b)', { c: 1 }],
  ['type(nothing)', 'null'],
  ['@.a.b.c', 1],
  ['`{"k": [1]}`.k[0]', 1],
  ['(a).b', { c: 1 }],
  ['sum(text)', null],
  ['a.b == `{"c": 1}`', true],
  ['text < `1`', null],
])('%s', (expression, found) => {
  expect(compileJmesPath(expression)(DOCUMENT)).toEqual(found);
});

it.each([
  '3##@$#33',
  '',
  'a.',
  'a[',
  'a]',
  '[?a',
  'foo(',
  'nope(a)',
  'length()',
  'a b',
  "'open",
  '[::0]',
  '{a}',
  '('.repeat(100),
])('refuses %j', (expression) => {
  expect(() => compileJmesPath(expression)).toThrow(JmesPathError);
});

describe('what doubles a document again and again', () => {
  it.each([
    `${'[@, @][] | '.repeat(100)}@`,
    `${"join('', [to_string(@), to_string(@)]) | ".repeat(40)}@`,
    `to_string(${'[@, @] | '.repeat(100)}@)`,
    `${'[@, @] | '.repeat(100)}(@ == @)`,
  ])('is stopped: %s', (expression) => {
    expect(() => compileJmesPath(expression)(['a'])).toThrow(JmesPathError);
  });
});
