import { AegisError } from '@aegisguard/model';
import { parseQuery, printQuery } from '@aegisguard/traceql/syntax';
import { describe, expect, it } from 'vitest';
import { finishedPart } from './finished-part.ts';
import { readSeriesQuery, readSpanFilter } from './read-filter.ts';
import { readCount, readMetricsRange, readRange, readTempoTraceId, readTraceRange } from './read-parameters.ts';
import { tagsQuery } from './tags-query.ts';
import { anyValue, spanAttribute, typedValue } from './tempo-values.ts';

const NOW_MS = Date.parse('2026-11-27T10:00:00Z');
const NOW = BigInt(NOW_MS) * 1_000_000n;
const SECOND = 1_000_000_000n;
const NONE = { min: undefined, max: undefined };
const NOWHERE = { from: 0, to: 0 };

describe('a search by tags', () => {
  it.each([
    ['', undefined],
    ['service.name=cart', '{ .service.name =~ "(?is).*cart.*" }'],
    ['a=b c=d', '{ .a =~ "(?is).*b.*" } && { .c =~ "(?is).*d.*" }'],
    ['http.url="a (b)"', '{ .http.url =~ "(?is).*a \\\\(b\\\\).*" }'],
    ['http.status_code=500', '{ .http.status_code =~ "(?is).*500.*" || .http.status_code = 500 }'],
    ['cache.hit=true', '{ .cache.hit =~ "(?is).*true.*" || .cache.hit = true }'],
    ['name=GET', '{ name =~ "(?is).*GET.*" }'],
    ['root.service.name=shop', '{ rootServiceName =~ "(?is).*shop.*" }'],
    ['status.code=error', '{ status = error }'],
    ['status="x } || {"', '{ false }'],
  ])('%s', (tags, query) => {
    const made = tagsQuery(tags, NONE);
    expect(made).toBe(query);
    expect(made === undefined || parseQuery(made).body.kind === 'pipeline').toBe(true);
  });

  it('knows how long traces take', () => {
    expect(tagsQuery('', { min: 600_000_000n, max: undefined })).toBe('{ traceDuration >= 600ms }');
    expect(tagsQuery('a=b', { min: 1n, max: SECOND })).toBe(
      '{ .a =~ "(?is).*b.*" } && { traceDuration >= 1ns && traceDuration <= 1s }',
    );
  });

  it('refuses what is no logfmt', () => {
    expect(() => tagsQuery('a="b', NONE)).toThrow(AegisError);
    expect(() => tagsQuery('a=1 '.repeat(60), NONE)).toThrow('at most 50');
  });
});

describe('what is finished of a filter', () => {
  it.each([
    ['{ .a = 1 && .b > 2 }', '{ .a = 1 && .b > 2 }'],
    ['{ .a = 1 } >> { .b = 2 }', '{ .a = 1 } >> { .b = 2 }'],
    ['{ resource.cluster = }', undefined],
    ['{ .a = 1 && .b = }', '{ .a = 1 }'],
    ['{ .a = 1 && .b = "x', '{ .a = 1 }'],
    ['{ .a = 1 && span. && name = "x" ', '{ .a = 1 && name = "x" }'],
    ['{ .a = 1 || .b = }', undefined],
    ["{span.http.method='GET'}", undefined],
    ['', undefined],
    ['{', undefined],
    ['}{', undefined],
    ['{} | rate()', undefined],
  ])('%s', (text, finished) => {
    const body = finishedPart(text);
    expect(body && printQuery({ body, hints: [] })).toBe(finished);
  });

  it('of many large regular expressions is not looked for', () => {
    const large = Array.from({ length: 49 }, (_, i) => `.a${i} =~ "(abcdefghij){900}"`);
    const body = finishedPart(`{ ${large.join(' && ')} && .b = }`);
    const comparisons = body && printQuery({ body, hints: [] }).split('&&').length;
    expect(comparisons).toBeGreaterThan(1);
    expect(comparisons).toBeLessThan(20);
  });

  it('is of a bounded length, and never in error', () => {
    expect(finishedPart(`{ ${'.a = 1 && '.repeat(50)} .b = }`)).toBeUndefined();
    expect(finishedPart(`{ ${'.a = 1 && '.repeat(49)} .b = }`)?.stages).toHaveLength(1);
    expect(finishedPart(`{ .a = 1 && .b = "${'x'.repeat(20_000)}`)).toBeUndefined();
    expect(finishedPart(`{ .a = 1 && ${'('.repeat(9_000)} && .b = }`)).toBeUndefined();
  });
});

describe('parameters', () => {
  it.each([
    [{}, NOW - 3600n * SECOND + 1_000_000n, NOW + 1_000_000n],
    [{ start: '1764237000', end: '1764237600' }, 1_764_237_000n * SECOND, 1_764_237_601n * SECOND],
    [{ start: '', end: '' }, NOW - 3600n * SECOND + 1_000_000n, NOW + 1_000_000n],
    [{ start: 'now-5m', end: 'now' }, NOW - 300n * SECOND, NOW],
    [{ start: '1764237000000000000', end: '2025-11-27T10:00:00Z' }, 1_764_237_000n * SECOND, 1_764_237_600n * SECOND],
  ])('read the range %j', (times, start, end) => {
    expect(readRange(times, NOW_MS)).toEqual({ start, end });
  });

  it.each([{ start: '5', end: '1' }, { start: 'x' }, { end: 'yesterday' }])('refuse the range %j', (times) => {
    expect(() => readRange(times, NOW_MS)).toThrow(AegisError);
  });

  it('read a time until now', () => {
    expect(readMetricsRange({ since: '15m' }, NOW_MS)).toEqual({ start: NOW - 900n * SECOND, end: NOW });
    expect(readMetricsRange({ since: '60y' }, NOW_MS)).toEqual({ start: 0n, end: NOW });
    expect(readMetricsRange({ since: '15m', end: '1764237600' }, NOW_MS)).toEqual({
      start: 1_764_236_700n * SECOND,
      end: 1_764_237_601n * SECOND,
    });
    expect(() => readMetricsRange({ since: 'soon' }, NOW_MS)).toThrow('invalid since');
    expect(() => readMetricsRange({ since: '15m', end: 'yesterday' }, NOW_MS)).toThrow(AegisError);
  });

  it('ask for the place of a trace only with both ends', () => {
    expect(readTraceRange({ start: '1764237000' }, NOW_MS)).toBeUndefined();
    expect(readTraceRange({ start: '1764237000', end: '1764237600' }, NOW_MS)?.start).toBe(1_764_237_000n * SECOND);
    expect(() => readTraceRange({ start: '2', end: '1' }, NOW_MS)).toThrow(AegisError);
  });

  it('count', () => {
    expect(readCount('limit', undefined, 20, 100)).toBe(20);
    expect(readCount('limit', '7', 20, 100)).toBe(7);
    expect(readCount('limit', '700', 20, 100)).toBe(100);
    for (const text of ['0', '-1', '1.5', 'x', '9'.repeat(12)]) {
      expect(() => readCount('limit', text, 20, 100)).toThrow('invalid limit');
    }
  });

  it('read trace ids without their leading zeros', () => {
    expect(readTempoTraceId('2F3e')).toBe(`${'0'.repeat(28)}2f3e`);
    for (const text of ['', 'xyz', 'a'.repeat(33)]) {
      expect(() => readTempoTraceId(text)).toThrow('hex');
    }
  });
});

describe('queries', () => {
  it('of series are those that answer with series', () => {
    expect(readSeriesQuery('{} | rate()').body.kind).toBe('metrics');
    expect(() => readSeriesQuery('{}')).toThrow('not a metrics query');
    expect(() => readSeriesQuery(undefined)).toThrow('q is required');
    expect(() => readSeriesQuery('{} |\n rat()')).toThrow('parse error at line 2, col 2');
  });

  it('of one trace are a single filter', () => {
    expect(readSpanFilter('{ status = error }')?.condition?.kind).toBe('binary');
    for (const text of [undefined, '', '{}', '{ true }']) {
      expect(readSpanFilter(text)).toBeUndefined();
    }
    for (const text of ['{} | rate()', '{} >> {}', '{} | count() > 1', 'count() > 1']) {
      expect(() => readSpanFilter(text)).toThrow(AegisError);
    }
  });
});

describe('values', () => {
  const url = { kind: 'attribute', scope: 'span', isParent: false, name: 'http.url', at: NOWHERE } as const;
  const duration = { kind: 'intrinsic', name: 'duration', isParent: false, at: NOWHERE } as const;
  const status = { kind: 'intrinsic', name: 'status', isParent: false, at: NOWHERE } as const;

  it('are told by their types', () => {
    expect([anyValue('a'), anyValue(1), anyValue(1.5), anyValue(true), anyValue(2n ** 60n)]).toEqual([
      { stringValue: 'a' },
      { intValue: '1' },
      { doubleValue: 1.5 },
      { boolValue: true },
      { intValue: '1152921504606846976' },
    ]);
    expect(spanAttribute(url, '/x')).toEqual({ key: 'http.url', value: { stringValue: '/x' } });
    expect(spanAttribute(duration, 1_500_000n)).toEqual({ key: 'duration', value: { stringValue: '1ms500us' } });
  });

  it('are written as a query has them', () => {
    expect([typedValue(url, 'x'), typedValue(url, 200), typedValue(url, 0.5), typedValue(url, false)]).toEqual([
      { type: 'string', value: 'x' },
      { type: 'int', value: '200' },
      { type: 'float', value: '0.5' },
      { type: 'bool', value: 'false' },
    ]);
    expect(typedValue(status, 'error')).toEqual({ type: 'keyword', value: 'error' });
    expect(typedValue(duration, 1_000_000_000n)).toEqual({ type: 'duration', value: '1s' });
  });
});
