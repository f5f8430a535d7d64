import { describe, expect, it } from 'vitest';
import { formatUnit, unitIncrements } from './format-unit.ts';
import { UNITS, unitOf } from './units.ts';

describe('a value in its unit', () => {
  it.each([
    [0, '', '0'],
    [1234, '', '1.23K'],
    [-1234, '', '-1.23K'],
    [999_999, '', '1M'],
    [0.1234, '', '0.123'],
    [0.00001, '', '1.0e-5'],
    [1234.5, 'count', '1,235'],
    [12.345, 'percent', '12.3%'],
    [0.12345, 'percentunit', '12.3%'],
    [0.25, 'seconds', '250 ms'],
    [90, 's', '1.5 min'],
    [0, 'seconds', '0 s'],
    [1500, 'ms', '1.5 s'],
    [1536, 'bytes', '1.5 KiB'],
    [1500, 'decbytes', '1.5 kB'],
    [2048, 'binBps', '2 KiB/s'],
    [1500, 'reqps', '1.5K req/s'],
    [0.5, 'ops', '0.5 ops/s'],
    [1, 'bool_yes_no', 'yes'],
    [3, 'suffix:apples', '3 apples'],
    [3, 'of another program', '3'],
  ])('%d in %s is %s', (value, unit, text) => {
    expect(formatUnit(value, unit)).toBe(text);
  });

  it('has as many decimals as are asked for', () => {
    expect(formatUnit(1.005, 'seconds', 1)).toBe('1.0 s');
    expect(formatUnit(1536, 'bytes', 0)).toBe('2 KiB');
  });

  it('says what is no number', () => {
    expect(formatUnit(null, 'bytes')).toBe('–');
    expect(formatUnit(Number.NaN, '')).toBe('NaN');
    expect(formatUnit(Number.POSITIVE_INFINITY, 's')).toBe('+Inf');
  });
});

it('every id is there once, ours and Grafana’s', () => {
  const ids = UNITS.flatMap(({ id, grafana }) => [id, ...grafana.filter((each) => each !== id)]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(unitOf('percentunit')?.id).toBe('percentunit');
});

it('marks of binary units are powers of two', () => {
  expect(unitIncrements('bytes')?.slice(9, 11)).toEqual([512, 1024]);
  expect(unitIncrements('minutes')).toBeUndefined();
});
