import fc from 'fast-check';
import { expect, it } from 'vitest';
import { callFunction, type Sample, text, vector, vectorSeries } from '../../testing/call-function.ts';
import { sampleHistogram } from '../../testing/sample-histogram.ts';
import { compareNaturally } from './natural-order.ts';
import { SORT_FUNCTIONS } from './sort-functions.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** The values of label `a` in the order that a function gives. */
function order(name: string, samples: Readonly<Record<string, Sample>>, ...labels: readonly string[]): unknown[] {
  const series = Object.entries(samples).map(([a, sample]) => vectorSeries({ a }, [sample]));
  const { value } = callFunction(SORT_FUNCTIONS, name, { values: [vector(...series), ...labels.map(text)] });
  return value.type === 'vector' ? value.series.map(({ labels }) => labels[0]?.[1]) : [];
}

it('sorts by value, NaN last in both directions, and ignores histograms', () => {
  const samples = { nan, two: 2, low: -inf, one: 1, high: inf, nan2: nan, histogram: sampleHistogram() };
  expect(order('sort', samples)).toEqual(['low', 'one', 'two', 'high', 'nan', 'nan2']);
  expect(order('sort_desc', samples)).toEqual(['high', 'two', 'one', 'low', 'nan', 'nan2']);
});

it('sorts by a label as people do, histograms too', () => {
  const samples = { a10: 1, a2: 2, b1: 3, a: sampleHistogram() };
  expect(order('sort_by_label', samples, 'a')).toEqual(['a', 'a2', 'a10', 'b1']);
  expect(order('sort_by_label_desc', samples, 'a')).toEqual(['b1', 'a10', 'a2', 'a']);
});

it('sorts by several labels, then by all', () => {
  const rows = [
    { a: '2', b: '1', c: '9' },
    { a: '1', b: '2', c: '8' },
    { a: '1', b: '2', c: '7' },
    { b: '2', c: '6' },
  ];
  const values = [vector(...rows.map((row) => vectorSeries(row, [1]))), text('b'), text('missing'), text('a')];
  const cs = (name: string): unknown => {
    const { value } = callFunction(SORT_FUNCTIONS, name, { values });
    return value.type === 'vector' && value.series.map(({ labels }) => labels.at(-1)?.[1]).join('');
  };
  expect(cs('sort_by_label')).toBe('9678');
  expect(cs('sort_by_label_desc')).toBe('8769');
});

it('gives a range no order', () => {
  const values = [vector(vectorSeries({ a: '2' }, [2, 1]), vectorSeries({ a: '1' }, [1, 2])), text('a')];
  for (const name of Object.keys(SORT_FUNCTIONS)) {
    const { value } = callFunction(SORT_FUNCTIONS, name, { pointsMs: [0, 1], values });
    expect(value).toEqual(values[0]);
  }
});

it.each([
  ['a2', 'a10'],
  ['a', 'a1'],
  ['1', 'a'],
  ['a9b', 'a10'],
  ['1.2.9', '1.2.10'],
  ['007', '8'],
  ['', 'a'],
  ['x-1-b', 'x-1-c'],
])('%s goes before %s', (a, b) => {
  expect(compareNaturally(a, b)).toBeLessThan(0);
  expect(compareNaturally(b, a)).toBeGreaterThan(0);
});

it('whole numbers stand in their order wherever they stand in a text', () => {
  const number = fc.integer({ min: 0, max: 1e9 });
  fc.assert(
    fc.property(fc.constantFrom('', 'x', 'n-'), number, number, (prefix, a, b) => {
      expect(Math.sign(compareNaturally(`${prefix}${a}`, `${prefix}${b}`))).toBe(Math.sign(a - b));
    }),
  );
});
