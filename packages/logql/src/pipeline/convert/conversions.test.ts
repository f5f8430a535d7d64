import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBytes } from './parse-bytes.ts';
import { parseFloat64 } from './parse-float.ts';
import { parseGoDuration } from './parse-go-duration.ts';

describe('numbers', () => {
  it.each<[text: string, value: number]>([
    ['0', 0],
    ['.5', 0.5],
    ['5.', 5],
    ['-1.25E-2', -0.0125],
    ['infinity', Number.POSITIVE_INFINITY],
    ['-iNf', Number.NEGATIVE_INFINITY],
    ['NaN', Number.NaN],
    ['0x1p-2', 0.25],
    ['-0X1.8P1', -3],
  ])('%s', (text, value) => {
    expect(parseFloat64(text)).toBe(value);
  });

  it.each(['', ' 1', '1 ', '1_0', '1e', '--1', '.', '0x1', '0xp1', '1,5', '1m', 'inf1', '\u0661'])(
    'refuses %j',
    (text) => {
      expect(parseFloat64(text)).toEqual({
        problem: `strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax`,
      });
    },
  );

  it('says what is out of range', () => {
    expect(parseFloat64('1e400')).toEqual({ problem: 'strconv.ParseFloat: parsing "1e400": value out of range' });
    expect(parseFloat64('1e-400')).toBe(0);
  });

  it('reads back every number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(parseFloat64(String(value).replace('Infinity', 'Inf'))).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});

describe('durations', () => {
  it.each<[text: string, nanos: number]>([
    ['0', 0],
    ['-0', 0],
    ['1ns', 1],
    ['1us', 1e3],
    ['1µs', 1e3],
    ['1μs', 1e3],
    ['1.5h', 5400e9],
    ['1h2m3s4ms5us6ns', 3_723_004_005_006],
    ['-1m.5s', -60.5e9],
    ['+1s', 1e9],
    ['1.s', 1e9],
    ['.5s', 0.5e9],
    ['0.9ns', 0],
  ])('%s', (text, nanos) => {
    expect(parseGoDuration(text)).toBe(nanos);
  });

  it.each<[text: string, problem: string]>([
    ['', 'time: invalid duration ""'],
    ['s', 'time: invalid duration "s"'],
    ['.s', 'time: invalid duration ".s"'],
    ['-', 'time: invalid duration "-"'],
    ['1', 'time: missing unit in duration "1"'],
    ['1h2', 'time: missing unit in duration "1h2"'],
    ['1d', 'time: unknown unit "d" in duration "1d"'],
    ['1h 2m', 'time: unknown unit "h " in duration "1h 2m"'],
    ['300000000h', 'time: invalid duration "300000000h"'],
  ])('refuses %j', (text, problem) => {
    expect(parseGoDuration(text)).toEqual({ problem });
  });
});

describe('sizes', () => {
  it.each<[text: string, bytes: number]>([
    ['0', 0],
    ['1024', 1024],
    ['2Kb', 2000],
    ['2 kib', 2048],
    ['1.5k', 1500],
    ['1Mi', 1_048_576],
    ['1,024B', 1024],
    ['1.9', 1],
    ['1PB', 1e15],
    ['1EiB', 2 ** 60],
  ])('%s', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  it.each<[text: string, problem: string]>([
    ['', 'strconv.ParseFloat: parsing "": invalid syntax'],
    ['-1', 'strconv.ParseFloat: parsing "": invalid syntax'],
    ['1.2.3', 'strconv.ParseFloat: parsing "1.2.3": invalid syntax'],
    ['1XB', 'unhandled size name: xb'],
    ['1ib', 'unhandled size name: ib'],
    ['1 k b', 'unhandled size name: k b'],
    ['17EiB', 'too large: 17EiB'],
  ])('refuses %j', (text, problem) => {
    expect(parseBytes(text)).toEqual({ problem });
  });
});
