import { unixNanos } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../syntax/parse-query.ts';
import { SECOND, START } from '../testing/arbitrary-spans.ts';
import type { WholeSpan } from '../testing/memory-span-reader.ts';
import { spanOf } from '../testing/span-builder.ts';
import { SpansetQuery } from './spanset-query.ts';
import { TraceSpans } from './trace-spans.ts';
import { Work } from './work.ts';

const RANGE = { start: START, end: unixNanos(START + 3600n * SECOND) };

/** The names of the spans of each spanset that is found, and what is said of it. */
function find(query: string, spans: readonly WholeSpan[]) {
  const { body } = parseQuery(query);
  if (body.kind !== 'pipeline') {
    throw new TypeError('a query of spansets is meant');
  }
  const trace = new TraceSpans(spans, new Work(() => undefined));
  return new SpansetQuery(body)
    .find(trace, RANGE)
    .map((spanset) => ({ ...spanset, spans: spanset.spans.map((index) => trace.at(index).name).join(' ') }));
}

/** The names of all spans that are found. */
function names(query: string, spans: readonly WholeSpan[]): string {
  return find(query, spans)
    .map((spanset) => spanset.spans)
    .join(' | ');
}

const event = (name: string, after: bigint, attributes = {}) => ({
  name,
  timestamp: unixNanos(START + after),
  attributes,
  droppedAttributesCount: 0,
});

describe('conditions', () => {
  const one = spanOf({
    id: 'x',
    seconds: 0.1,
    kind: 'server',
    service: 'shop',
    status: 'error',
    statusMessage: 'Forbidden',
    scopeName: 'grpc',
    attributes: {
      'http.status': 404,
      http: { method: 'GET' },
      hit: true,
      off: false,
      tags: ['a', 'b'],
      text: '404',
      none: null,
      many: [],
      zero: 0,
    },
    resource: { region: 'eu', 'http.method': 'resource', 'service.name': 'other' },
    events: [event('start', 0n), event('exception', 5_000_000n, { message: 'no such table', code: 7 })],
    links: [
      {
        traceId: 'b'.repeat(32),
        spanId: 'c'.repeat(16),
        traceState: '',
        flags: 0,
        attributes: { why: 'retry' },
        droppedAttributesCount: 0,
      },
    ],
    details: { scope: { attributes: { language: 'java' } } },
  });

  it.each([
    '{}',
    '{ true }',
    '{ span.http.status = 404 && span.http.status >= 404.0 && span.http.status < 1us }',
    '{ span.http.method = "GET" }',
    '{ .http.method = "GET" }',
    '{ resource.http.method = "resource" }',
    '{ .region = "eu" }',
    '{ resource.service.name = "shop" }',
    '{ .service.name = "shop" }',
    '{ span.text > "40" && span.text < "405" }',
    '{ span.hit }',
    '{ .hit && !.off }',
    '{ !.missing }',
    '{ span.missing = nil && span.none = nil }',
    '{ span.zero != nil && span.many != nil }',
    '{ !(span.missing = 1) }',
    '{ span.missing != 1 || true }',
    '{ span.tags = "a" && span.tags =~ "b|c" && span.tags != "c" && span.tags !~ "c" }',
    '{ name = "x" && kind = server && status = error && statusMessage = "Forbidden" }',
    '{ status != ok && kind != client }',
    '{ duration = 100ms && duration * 2 = 0.2s && duration + 50ms > 149ms }',
    '{ -duration < 0s }',
    '{ span.http.status % 100 = 4 && span.http.status - 4 = 2 ^ 2 * 100 }',
    '{ span.zero + 1 = 1 }',
    '{ event:name = "exception" && event:timeSinceStart = 5ms && event:timeSinceStart < 1ns }',
    '{ event.message =~ ".*table" && event.code > 6 }',
    '{ event:name != "exception" }',
    '{ link:traceID = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" && link:spanID = "CCCCCCCCCCCCCCCC" && link.why = "retry" }',
    '{ instrumentation:name = "grpc" && instrumentation.language = "java" && .language = "java" }',
    '{ span:id = "78" && trace:id = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }',
    '{ name =~ "x" && name =~ .pattern || name =~ "[xyz]" }',
    '{ 1 < 2 && "a" = "a" }',
    '{ nestedSetParent < 0 && nestedSetLeft = 1 && nestedSetRight = 2 && childCount = 0 && !(parent != nil) }',
    '{ rootName = "x" && rootServiceName = "shop" && traceDuration = 100ms }',
  ])('%s', (query) => {
    expect(names(query, [one])).toBe('x');
  });

  it.each([
    '{ false }',
    '{ span.http.status = "404" }',
    '{ span.text = 404 }',
    '{ span.missing != 1 }',
    '{ span.missing !~ "a" }',
    '{ span.text }',
    '{ .off }',
    '{ span.tags != "a" }',
    '{ span.tags !~ "a" }',
    '{ span.many = "a" || span.many != "a" }',
    '{ name =~ "" || name =~ "y" }',
    '{ statusMessage =~ "Forb" }',
    '{ span.http = nil && span.http.status = nil }',
    '{ span.zero / 0 = 0 || span.text + 1 > 0 }',
    '{ span.text = error }',
    '{ resource.service.name = "other" }',
    '{ link.why = nil }',
    '{ parent.name = "x" }',
    '{ span.constructor != nil || span.__proto__ != nil || span.hasOwnProperty != nil }',
  ])('not %s', (query) => {
    expect(names(query, [one])).toBe('');
  });
});

describe('structure', () => {
  //      r
  //    / | \
  //   a  b  c      o: its parent did not come; p is below it; s and t: a circle
  //  / \     \
  // d   e     f
  const tree = [
    spanOf({ id: 'r', at: 0, seconds: 10 }),
    spanOf({ id: 'a', parent: 'r', at: 1, service: 'cart' }),
    spanOf({ id: 'b', parent: 'r', at: 2 }),
    spanOf({ id: 'c', parent: 'r', at: 3 }),
    spanOf({ id: 'd', parent: 'a', at: 4 }),
    spanOf({ id: 'e', parent: 'a', at: 5 }),
    spanOf({ id: 'f', parent: 'c', at: 6 }),
    spanOf({ id: 'o', parent: 'zz', at: 7 }),
    spanOf({ id: 'p', parent: 'o', at: 8 }),
    spanOf({ id: 's', parent: 't', at: 9 }),
    spanOf({ id: 't', parent: 's', at: 10 }),
  ];

  it.each([
    ['{ name = "r" } > {}', 'a b c'],
    ['{ name = "r" } >> {}', 'a b c d e f'],
    ['{ name = "a" } >> { name =~ "e|f" }', 'e'],
    ['{ name =~ "d|f" } < {}', 'a c'],
    ['{ name =~ "d" } << {}', 'r a'],
    ['{ name = "b" } ~ {}', 'a c'],
    ['{ name =~ "a|b" } ~ {}', 'a b c'],
    ['{ name = "o" } ~ {}', ''],
    ['{ name = "r" } !> { name =~ "a|d" }', 'd'],
    ['{ name = "a" } !>> {}', 'r a b c f o p s t'],
    ['{} !< {}', 'b d e f p t'],
    ['{ name = "f" } !<< { name =~ "r|a|c" }', 'a'],
    ['{ name = "b" } !~ { name =~ "[abcd]" }', 'b d'],
    ['{ name =~ "r|o" } &> { name =~ "b|p" }', 'r b o p'],
    ['{ name =~ "r|d" } &>> { name = "f" }', 'r f'],
    ['{ name =~ "d|f" } &< { name = "a" }', 'a d'],
    ['{ name = "e" } &<< { name = "r" }', 'r e'],
    ['{ name = "b" } &~ { name =~ "c|d" }', 'b c'],
    ['{ name = "a" } >> { name = "f" }', ''],
    ['{ name = "nobody" } !>> { name = "f" }', 'f'],
    ['{ name = "s" } >> {}', 't'],
    ['{ name = "t" } >> {}', ''],
    ['{ name = "r" } > { name = "a" } > {}', 'd e'],
    ['{ name = "a" } && { name = "f" }', 'a f'],
    ['{ name = "a" } && { name = "nobody" }', ''],
    ['{ name = "a" } || { name = "nobody" }', 'a'],
    ['{ childCount = 0 }', 'b d e f p t'],
    ['{ childCount > 1 }', 'r a'],
    ['{ nestedSetParent < 0 }', 'r'],
    ['{ parent != nil && nestedSetParent = 0 }', 'o s'],
    ['{ parent.name = "a" }', 'd e'],
    ['{ parent.resource.service.name = "cart" }', 'd e'],
    ['{ parent.duration > 2s }', 'a b c'],
    ['{ rootName = "r" && name = "p" }', 'p'],
    ['{ traceDuration = 11s && name = "p" }', 'p'],
  ])('%s', (query, expected) => {
    expect(names(query, tree)).toBe(expected);
  });

  it('takes thirty thousand spans, one below the other or all below one', () => {
    for (const parentOf of [(number: number) => number - 1, () => 0]) {
      const spans = Array.from({ length: 30_000 }, (_, number) => ({
        ...spanOf({ id: 'x', at: number === 0 ? 0 : 1 }),
        spanId: number.toString(16).padStart(16, '0'),
        parentSpanId: number === 0 ? '' : parentOf(number).toString(16).padStart(16, '0'),
      }));
      const { body } = parseQuery('{ nestedSetParent < 0 } >> { childCount = 0 } << {}');
      const trace = new TraceSpans(spans, new Work(() => undefined));
      const found = body.kind === 'pipeline' ? new SpansetQuery(body).find(trace, RANGE) : [];
      expect(found[0]?.spans).toContain(0);
    }
  });
});

describe('pipelines', () => {
  const spans = [
    spanOf({ id: 'a', at: 0, seconds: 1, service: 'shop', attributes: { n: 1 } }),
    spanOf({ id: 'b', at: 1, seconds: 2, service: 'cart', attributes: { n: 3 } }),
    spanOf({ id: 'c', at: 2, seconds: 3, service: 'cart', status: 'error' }),
    spanOf({ id: 'd', at: 3, seconds: 4, service: 'cart', status: 'error', attributes: { n: 'text' } }),
  ];

  it.each([
    ['{} | count() > 3', 'a b c d'],
    ['{} | count() > 4', ''],
    ['count() = 4', 'a b c d'],
    ['{ status = error } | count() = 2 | avg(duration) = 3.5s', 'c d'],
    ['{} | max(duration) - min(duration) = 3s', 'a b c d'],
    ['{} | sum(span.n) = 4 | avg(.n) = 2', 'a b c d'],
    ['{} | sum(span.missing) = 0', ''],
    ['{} | 2 * count() > max(.n) ^ 2', ''],
    ['{} | by(resource.service.name)', 'a | b c d'],
    ['{} | by(resource.service.name) | count() > 1', 'b c d'],
    ['{} | by(resource.service.name) | { status = error }', 'c d'],
    ['{} | by(resource.service.name) | by(status)', 'a | b | c d'],
    ['{} | by(.n)', 'a | b | c | d'],
    ['{} | by(name) | coalesce()', 'a b c d'],
    ['{} | select(span.n)', 'a b c d'],
    ['{ status = error } | { name = "d" }', 'd'],
    ['({ status = error } | count() > 1) && { name = "a" }', 'a c d'],
    ['({ status = error } | count() > 2) || { name = "a" }', 'a'],
    ['({} | count()) > ({ status = error } | count())', 'a b c d'],
    ['({ status = error } | count()) >= 2', 'c d'],
    ['({ name = "nobody" } | count()) = 0', ''],
  ])('%s', (query, expected) => {
    expect(names(query, spans)).toBe(expected);
  });

  it('say what spansets have in common', () => {
    expect(find('{} | by(resource.service.name) | avg(duration) > 0s | count() > 0', spans)).toEqual([
      {
        spans: 'a',
        attributes: [
          { name: 'by(resource.service.name)', value: 'shop' },
          { name: 'avg(duration)', value: 1_000_000_000n },
          { name: 'count()', value: 1 },
        ],
      },
      {
        spans: 'b c d',
        attributes: [
          { name: 'by(resource.service.name)', value: 'cart' },
          { name: 'avg(duration)', value: 3_000_000_000n },
          { name: 'count()', value: 3 },
        ],
      },
    ]);
  });

  it('find only spans of the range', () => {
    const before = { ...spanOf({ id: 'z' }), startTime: unixNanos(START - SECOND) };
    const below = spanOf({ id: 'y', parent: 'z' });
    expect(names('{}', [before, below])).toBe('y');
    expect(names('{} >> {}', [before, below])).toBe('');
    expect(names('{ parent.name = "z" && rootName = "z" && traceDuration = 2s }', [before, below])).toBe('y');
  });
});
