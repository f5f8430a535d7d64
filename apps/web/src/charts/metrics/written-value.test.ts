import { expect, it } from 'vitest';
import { DEFAULT_CHART_OPTIONS } from './chart-options.ts';
import { mappingOfText, writtenValue } from './written-value.ts';

const of = (value: string | null, from: number | null, to: number | null, text: string, color = '') => ({
  value,
  from,
  to,
  text,
  color,
});
const OPTIONS = {
  ...DEFAULT_CHART_OPTIONS,
  unit: 'percent',
  thresholds: [{ value: 50, color: 'orange' }],
  mappings: [
    of('0', null, null, 'DOWN', 'red'),
    of('null', null, null, 'gone'),
    of('NaN', null, null, 'none'),
    of(null, 90, null, '', 'purple'),
  ],
};

it('writes what a value is mapped to, else the value in its unit', () => {
  expect([0, -0, null, Number.NaN, 60].map((value) => writtenValue(value, OPTIONS).text)).toEqual([
    'DOWN',
    'DOWN',
    'gone',
    'none',
    '60%',
  ]);
  expect(writtenValue(null, { ...DEFAULT_CHART_OPTIONS, noValue: '0' }).text).toBe('0');
});

it('has the colour of its mapping, else of its threshold', () => {
  expect([0, 95, 60, 10].map((value) => writtenValue(value, OPTIONS).color)).toEqual([
    'red',
    'purple',
    'orange',
    undefined,
  ]);
});

it('finds the mapping of a text', () => {
  expect(mappingOfText('null', OPTIONS.mappings)?.text).toBe('gone');
  expect(mappingOfText('other', OPTIONS.mappings)).toBeUndefined();
});
