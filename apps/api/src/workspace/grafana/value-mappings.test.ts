import { expect, it } from 'vitest';
import { Remarks } from './remarks.ts';
import { mappingsOf, oldMappingsOf } from './value-mappings.ts';

it('reads values, spans and what is no number, and says which it cannot', () => {
  const remarks = new Remarks();
  const mappings = [
    { type: 'value', options: { 0: { text: 'DOWN', color: 'red' }, 1: { text: 'UP' } } },
    { type: 'range', options: { from: 2, to: null, result: { text: 'many' } } },
    { type: 'special', options: { match: 'null+nan', result: { text: '?' } } },
    { type: 'special', options: { match: 'empty', result: { text: '?' } } },
    { type: 'regex', options: { pattern: '.*', result: { text: '?' } } },
    { type: 1, value: '7', text: 'seven' },
  ];
  expect(
    mappingsOf(mappings, remarks.of(null)).map(({ value, from, to, text }) => [value ?? [from, to], text]),
  ).toEqual([
    ['0', 'DOWN'],
    ['1', 'UP'],
    [[2, null], 'many'],
    ['null', '?'],
    ['NaN', '?'],
    ['7', 'seven'],
  ]);
  expect(remarks.all.map(({ what }) => what)).toEqual([
    'value mappings of “empty”',
    'value mappings by regular expressions',
  ]);
});

it('leaves out the mapping that every single number had', () => {
  const valueMaps = [
    { op: '=', text: 'N/A', value: 'null' },
    { op: '=', text: 'on', value: '1' },
  ];
  const rangeMaps = [
    { from: 'null', text: 'N/A', to: 'null' },
    { from: '2', text: 'many', to: '9' },
  ];
  expect(oldMappingsOf({ valueMaps, rangeMaps })).toMatchObject([
    { value: '1', text: 'on' },
    { from: 2, to: 9, text: 'many' },
  ]);
});
