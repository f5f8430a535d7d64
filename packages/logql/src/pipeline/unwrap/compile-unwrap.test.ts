import { describe, expect, it } from 'vitest';
import type { Unwrap } from '../../syntax/ast/range-aggregation.ts';
import { LineLabels } from '../line-labels.ts';
import { pushedLabels } from '../testing/run-stages.ts';
import { compileUnwrap } from './compile-unwrap.ts';

function unwrap(
  value: string,
  options: Partial<Unwrap> = {},
  keepsLabel = false,
): { readonly number: number | undefined; readonly labels: unknown } {
  const labels = new LineLabels();
  labels.begin(pushedLabels({ app: 'web', v: value }));
  const number = compileUnwrap({ label: 'v', filters: [], ...options }, keepsLabel)(labels);
  return { number, labels: labels.all() };
}

describe('unwrap', () => {
  it.each<[value: string, conversion: Unwrap['conversion'], number: number]>([
    ['1.5', undefined, 1.5],
    ['-2e3', undefined, -2000],
    ['+Inf', undefined, Number.POSITIVE_INFINITY],
    ['nan', undefined, Number.NaN],
    ['1KB', 'bytes', 1000],
    ['1KiB', 'bytes', 1024],
    ['2,048', 'bytes', 2048],
    ['1.5B', 'bytes', 1],
    ['1h30m', 'duration', 5400],
    ['-500ms', 'duration_seconds', -0.5],
  ])('%s as %s', (value, conversion, number) => {
    expect(unwrap(value, conversion && { conversion })).toEqual({ number, labels: { app: 'web' } });
  });

  it('leaves the label where it is asked to', () => {
    expect(unwrap('1', {}, true)).toEqual({ number: 1, labels: { app: 'web', v: '1' } });
  });

  it('leaves out logs without the label or a value', () => {
    expect(unwrap('1', { label: 'absent' }).number).toBeUndefined();
    expect(unwrap('').number).toBeUndefined();
  });

  it.each<[value: string, conversion: Unwrap['conversion'], details: string]>([
    ['x', undefined, 'strconv.ParseFloat: parsing "x": invalid syntax'],
    ['1XB', 'bytes', 'unhandled size name: xb'],
    ['1d', 'duration', 'time: unknown unit "d" in duration "1d"'],
  ])('notes that %s is no number', (value, conversion, details) => {
    const result = unwrap(value, conversion && { conversion });
    expect(result.number).toBe(0);
    expect(result.labels).toEqual({
      app: 'web',
      v: value,
      __error__: 'SampleExtractionErr',
      __error_details__: details,
    });
  });

  it('filters behind it, errors included', () => {
    const filter = (name: string, value: string): Unwrap => ({
      label: 'v',
      filters: [{ kind: 'text', matcher: { name, op: '=', value } }],
    });
    expect(unwrap('x', filter('__error__', '')).number).toBeUndefined();
    expect(unwrap('1', filter('__error__', '')).number).toBe(1);
    expect(unwrap('1', filter('v', '1')).number).toBe(1);
    expect(unwrap('1', filter('app', 'x')).number).toBeUndefined();
  });
});
