import { expect, it } from 'vitest';
import { readForm } from '../query-form.ts';
import { draftOf, type FilterDraft, makeFilter, type ValueType } from './make-filter.ts';
import { layOut } from './slots.ts';

function written(field: string, op: FilterDraft['op'], value: string, type?: ValueType): string {
  const made = makeFilter({ field, op, value }, type);
  return typeof made === 'string' ? made : `${made.field} ${made.op} ${made.value}`;
}

it.each([
  [['name', '=', 'GET /'], 'name = "GET /"'],
  [['name', '=', '200'], 'name = "200"'],
  [['status', '=', 'error'], 'status = error'],
  [['duration', '>=', '1.5s'], 'duration >= 1.5s'],
  [['span.http.status_code', '>=', '500'], 'span.http.status_code >= 500'],
  [['span.http.status_code', '=', '500', 'string'], 'span.http.status_code = "500"'],
  [['span.http.status_code', '=', '"500"'], 'span.http.status_code = "500"'],
  [['span.http.status_code', '=~', '5..'], 'span.http.status_code =~ "5.."'],
  [['.retry', '=', 'true'], '.retry = true'],
  [['.retry', '=', 'yes'], '.retry = "yes"'],
  [['.retry', 'exists', ''], '.retry != nil'],
  [['.retry', 'absent', 'x'], '.retry = nil'],
  [['.retry', '=', '', 'string'], '.retry = ""'],
] as const)('%j is %s', ([field, op, value, type], wanted) => {
  expect(written(field, op, value, type)).toBe(wanted);
});

it.each([
  [['', '=', 'x'], /choose a field/i],
  [['http.route', '=', 'x'], /scope/],
  [['.a', '=', ''], /empty text/],
  [['duration', '>', 'long'], /./],
  [['.a', '=~', '(('], /./],
  [['status', '=', 'bad'], /./],
] as const)('%j says what is wrong', ([field, op, value], wanted) => {
  const made = makeFilter({ field, op, value }, undefined);
  expect(made).toEqual(expect.stringMatching(wanted));
});

it('what a form reads it writes again', () => {
  const query = '{ name = "a\\"b" && .x != nil && span.n = "7" && duration < 2ms && kind = client }';
  const form = readForm(query);
  expect(form.kind).toBe('form');
  const parts = form.kind === 'form' ? form.parts : [];
  const again = parts.map(({ filter, shown = '', isText }) =>
    filter === undefined ? '' : makeFilter(draftOf(filter, shown), isText ? 'string' : undefined),
  );
  expect(again).toEqual(parts.map(({ filter }) => filter));
});

it('conditions stand where people look for them', () => {
  const form = readForm(
    '{ .a = 1 && resource.service.name != "x" && nestedSetParent < 0 && span:duration > 1s && !.b }',
  );
  const { slots, roots, others } = layOut(form.kind === 'form' ? form.parts : []);
  expect(slots.map(({ slot, parts }) => [slot.label, parts.map(({ index }) => index)])).toEqual([
    ['Service', [1]],
    ['Operation', []],
    ['Status', []],
    ['Kind', []],
    ['Duration', [3]],
  ]);
  expect(roots?.index).toBe(2);
  expect(others.map(({ index }) => index)).toEqual([0, 4]);
});
