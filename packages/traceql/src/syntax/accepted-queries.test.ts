// Every example of https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/ and https://grafana.com/docs/tempo/latest/metrics-from-traces/metrics-queries/functions/ is of a kind that stands here.
import { describe, expect, it } from 'vitest';
import { parseFieldName, parseQuery } from './parse-query.ts';
import { printField } from './print/print-field.ts';
import { printQuery } from './print/print-query.ts';

/** Expects that a query is one, and how it is printed; without that, as it stands. */
function expectPrinted(query: string, printed = query): void {
  expect(printQuery(parseQuery(query))).toBe(printed);
}

describe('spans', () => {
  it.each([
    ['{}'],
    ['{ }', '{}'],
    [' {\n}\t', '{}'],
    ['{ span.http.method = "GET" }'],
    ['{span.http.method="GET"}', '{ span.http.method = "GET" }'],
    ['{ .cache.hit }'],
    ['{ true }'],
    ['{ 1 = 2 }'],
    ['{ "a" = "b" }'],
    [
      '{ resource.service.name = "shop" && name = `POST /cart` }',
      '{ resource.service.name = "shop" && name = "POST /cart" }',
    ],
    ['{ span.http.status_code >= 400 && span.http.status_code < 500 }'],
    ['{ span.http.status_code >= "400" }'],
    ['{ name > "a" }'],
    ['{ span.db.system =~ "postgresql|mysql" }'],
    ['{ trace:rootName !~ ".*perf.*" }', '{ rootName !~ ".*perf.*" }'],
    ['{ span.size > 10 * 1024 * 1024 }'],
    ['{ .a + .b = 2 * .c ^ 2 ^ 3 }'],
    ['{ (.a - 1) % 2 = 0 }'],
    ['{ .a - .b - .c > 0 }'],
    ['{ .a - (.b - .c) > 0 }'],
    ['{ -duration < -1s }'],
    ['{ -(.a + .b) < 0 }'],
    ['{ (-2) ^ 2 = 4 }'],
    ['{ .a = - 5 }', '{ .a = -5 }'],
    ['{ .a = --5 }', '{ .a = 5 }'],
    ['{ !.a }'],
    ['{ !(.a = 1) }'],
    ['{ !!.a && !.b }'],
    ['{ span.cache.hit || span.http.status_code = 500 }'],
    ['{ 200 = span.http.status_code }'],
    ['{ .a = .b }'],
    ['{ .a =~ .b }'],
    ['{ "x" =~ "y" }'],
    ['{ duration > 1 && duration > 1.5 }'],
    ['{ .a > 1s }'],
    ['{ .a = error && .b = server }'],
  ])('%s', expectPrinted);
});

describe('intrinsics', () => {
  it.each([
    ['{ span:status = ok }', '{ status = ok }'],
    ['{ status != error && status = unset }'],
    ['{ span:statusMessage = "Forbidden" }', '{ statusMessage = "Forbidden" }'],
    ['{ span:duration > 100ms }', '{ duration > 100ms }'],
    ['{ span:name = "HTTP POST" }', '{ name = "HTTP POST" }'],
    [
      '{ span:kind = server || kind = client || kind = producer || kind = consumer || kind = internal }',
      '{ kind = server || kind = client || kind = producer || kind = consumer || kind = internal }',
    ],
    ['{ kind != unspecified }'],
    ['{ span:id = "0000000000000001" && span:parentID != "1" }'],
    ['{ span:childCount > 0 }', '{ childCount > 0 }'],
    ['{ trace:duration > 100ms }', '{ traceDuration > 100ms }'],
    ['{ trace:rootName = "GET" && trace:rootService = "shop" }', '{ rootName = "GET" && rootServiceName = "shop" }'],
    ['{ trace:id = "1234567890abcde" }'],
    ['{ event:name = "exception" && event:timeSinceStart > -2ms }'],
    ['{ link:spanID = "01" || link:traceID = "12" }'],
    ['{ instrumentation:name = "grpc" && instrumentation:version =~ "1[.].*" }'],
    ['{ nestedSetParent < 0 && nestedSetLeft = 1 && nestedSetRight > 2 }'],
    ['{ parent != nil }'],
    ['{ nil != name }'],
    ['{ parent.duration - duration > 500ms }'],
    ['{ parent.name = name }'],
  ])('%s', expectPrinted);
});

describe('attributes', () => {
  it.each([
    ['{ span.a = 1 && resource.a = 1 && event.a = 1 && link.a = 1 && instrumentation.a = 1 && .a = 1 }'],
    ['{ parent.span.a = 1 && parent.resource.a = 1 && parent.a = 1 }'],
    ['{ span.any_attribute != nil && resource.service.version = nil && event.exception.message = nil }'],
    ['{ nil = nil }'],
    ['{ span."two words" = 1 }'],
    ['{ span.some."two words" = 1 }', '{ span."some.two words" = 1 }'],
    ['{ span."some"."dots.in".it = 1 }', '{ span.some.dots.in.it = 1 }'],
    ['{ ."a \\"b\\" \\\\c" = 1 }'],
    ['{ span.http.request.header.content-type[0] = "x" }'],
    ['{ span.a-1=2 }', '{ span.a-1 = 2 }'],
    ['{ span.duration = 1 && .name = 2 }'],
    ['{ parent."duration" = 1 }'],
    ['{ parent."span.a" = 1 }'],
    ['{ ."3d" = 1 && span.3d = 1 }'],
    ['{ span.größe = 1 }'],
    ['{ span.http://x = 1 }', '{ span.http://x = 1 }'],
    ['{ .nil = 1 && .true = true }'],
  ])('%s', expectPrinted);
});

describe('values', () => {
  it.each([
    ['{ .a != minInt && .a != maxInt }'],
    ['{ .a = 9223372036854775807 }', '{ .a = maxInt }'],
    ['{ .a = 007 }', '{ .a = 7 }'],
    [
      '{ .a = 1.5 || .a = .5 || .a = 1. || .a = 1e3 || .a = 2.5E-7 }',
      '{ .a = 1.5 || .a = 0.5 || .a = 1.0 || .a = 1000.0 || .a = 2.5e-7 }',
    ],
    [
      '{ duration > 1ns && duration > 1us && duration > 1µs }',
      '{ duration > 1ns && duration > 1us && duration > 1us }',
    ],
    ['{ duration > 1ms && duration > 1s && duration > 1m && duration > 1h }'],
    [
      '{ duration > 1h30m && duration > 1.5h && duration > .5s && duration > 90m }',
      '{ duration > 1h30m && duration > 1h30m && duration > 500ms && duration > 1h30m }',
    ],
    ['{ duration > 1d && duration > 0s }', '{ duration > 24h && duration > 0s }'],
    ['{ .a = true && .b = false }'],
    ['{ .a = "say \\"x\\"\\n\\t\\u00e9" }', '{ .a = "say \\"x\\"\\n\\té" }'],
    ['{ .a = `\\d"` }', '{ .a = "\\\\d\\"" }'],
    ['{ .a = "" }'],
  ])('%s', expectPrinted);
});

describe('spansets', () => {
  it.each([
    ['{ .a } && { .b }'],
    ['{ .a } || { .b }'],
    ['{ .a } > { .b }'],
    ['{ .a } >> { .b }'],
    ['{ .a } < { .b }'],
    ['{ .a } << { .b }'],
    ['{ .a } ~ { .b }'],
    ['{ .a } !> { .b }'],
    ['{ .a } !>> { .b }'],
    ['{ .a } !< { .b }'],
    ['{ .a } !<< { .b }'],
    ['{ .a } !~ { .b }'],
    ['{ .a } &> { .b }'],
    ['{ .a } &>> { .b }'],
    ['{ .a } &< { .b }'],
    ['{ .a } &<< { .b }'],
    ['{ .a } &~ { .b }'],
    ['{}>>{}!~{}', '{} >> {} !~ {}'],
    ['({ .a })', '{ .a }'],
    ['(({ .a } && { .b }))', '{ .a } && { .b }'],
    ['({ .a } && { .b }) >> { .c }'],
    ['{ .a } >> ({ .b } >> { .c })'],
    ['({ .a } | count() > 1) && ({ .b } | count() > 2)'],
    ['({ .a } | count() > 1) >> { .b }'],
    ['(count() > 1) && { .b }'],
    ['({ .a } | { .b }) | { .c }'],
  ])('%s', expectPrinted);
});

describe('pipelines', () => {
  it.each([
    ['{ .a } | { .b }'],
    ['{ .a } | { .b } >> { .c }'],
    ['count() > 10'],
    ['avg(duration) > 20ms'],
    ['{} | count() > 3'],
    ['{} | count() = 3 | count() != 3 | count() < 3 | count() <= 3 | count() >= 3'],
    ['{} | min(.a) > 1 | max(.a) > 1 | sum(.a) > 1000000000 | avg(.a) > 1.5'],
    ['{} | max(parent.duration - duration) > 1s'],
    ['{} | max(duration) - min(duration) > 1s'],
    ['{} | 2 * count() > max(.a) ^ 2'],
    ['{} | -2 < sum(.a)'],
    ['{} | (count() + 1) * 2 > 3'],
    ['{ status = error } | by(resource.service.name) | count() > 1'],
    ['by(resource.service.name) | count() > 5'],
    ['{} | by(.a + 1) | by(.a = 1) | coalesce()'],
    ['{} | select(span.http.url, status, event:name)'],
    ['({} | count()) > ({ .a } | count())'],
    ['({} | count()) + ({ .a } | sum(.b)) > 5'],
    ['({ .a } | { .b } | avg(duration)) > 1s'],
  ])('%s', expectPrinted);
});

describe('series', () => {
  it.each([
    ['{} | rate()'],
    ['{} | count_over_time() by (name)'],
    ['{} | rate() by(resource.service.name, name)', '{} | rate() by (resource.service.name, name)'],
    ['{ .a } >> { .b } | rate()'],
    ['{} | count() > 3 | by(.a) | select(.b) | rate()'],
    ['({ .a } | count() > 1) | rate()', '{ .a } | count() > 1 | rate()'],
    ['{} | min_over_time(duration) by (span.http.target)'],
    ['{} | max_over_time(span.size)'],
    ['{} | avg_over_time(traceDuration)'],
    ['{} | sum_over_time(childCount)'],
    ['{} | histogram_over_time(duration) by (span.foo)'],
    ['{} | quantile_over_time(duration, .99, .9, 0, 1)', '{} | quantile_over_time(duration, 0.99, 0.9, 0, 1)'],
    ['{} | compare({ status = error })', '{} | compare({ status = error }, 10)'],
    ['{} | compare({ duration > 1s }, 5, 1600000000000000000, 1600000001000000000)'],
    ['{} | rate() by (.a) | topk(10)'],
    ['{} | rate() by (.a) | bottomk(5) | topk(3)'],
    ['{} | rate() by (.a) > 10'],
    ['{} | avg_over_time(duration) > 1s'],
    ['{} | count_over_time() by (name) != 0'],
    ['{} | rate() | topk(5) > 10'],
    ['{} | rate() > 0 | topk(5) <= -1.5'],
    ['({} | rate())', '{} | rate()'],
    ['({ status = error } | rate()) / ({} | rate())'],
    ['({} | rate() by (.a) | topk(10)) / ({} | rate())'],
    ['({} | rate()) + ({} | rate()) | topk(5)'],
    ['({} | rate()) / ({} | rate()) > 0.5'],
    ['({} | rate()) * 100'],
    ['-100 * (({} | rate()) * 100)'],
    ['({} | rate()) + ({} | rate()) * 2 - 1'],
    ['(({} | rate()) + 1) / 2'],
  ])('%s', expectPrinted);
});

describe('hints and comments', () => {
  it.each([
    ['{} with (most_recent=true)'],
    ['{ .a } >> { status = error } with(most_recent = true)', '{ .a } >> { status = error } with (most_recent=true)'],
    ['{} | rate() with (sample=0.1, exemplars=5, step=30s, x="y", z=-1)'],
    ['{} | count_over_time() by (name) | topk(10) >= 5 with (sample=true)'],
    ['({} | rate()) / ({} | rate()) with (extrapolate=true)'],
    ['// all\n{ .a /* no */ = 1 } // | rate()', '{ .a = 1 }'],
    ['{ .a = "// not one" }'],
    ['/**/{}', '{}'],
  ])('%s', expectPrinted);
});

describe('what binds how', () => {
  it.each([
    // As in Tempo, && and || bind alike, from left to right; what is printed says it.
    ['{ .a || .b && .c }', '{ (.a || .b) && .c }'],
    ['{ .a && .b || .c }', '{ (.a && .b) || .c }'],
    ['{ .a } || { .b } && { .c }', '({ .a } || { .b }) && { .c }'],
    ['{ .a } && { .b } || { .c }', '({ .a } && { .b }) || { .c }'],
    ['{ .a } && { .b } >> { .c }', '{ .a } && { .b } >> { .c }'],
    ['{ .a } > { .b } < { .c } ~ { .d }', '{ .a } > { .b } < { .c } ~ { .d }'],
    ['{ .a = 1 && .b = 2 + 3 * 4 }', '{ .a = 1 && .b = 2 + 3 * 4 }'],
    ['{ !.a = .b }', '{ !.a = .b }'],
    ['{ -.a + .b > 0 }', '{ -.a + .b > 0 }'],
    ['{ (-.a) * .b > 0 }', '{ (-.a) * .b > 0 }'],
    ['{ -(.a * .b) > 0 }', '{ -.a * .b > 0 }'],
    ['{ (2 ^ 3) ^ 4 > 0 }', '{ (2 ^ 3) ^ 4 > 0 }'],
    ['{ 2 ^ (3 ^ 4) > 0 }', '{ 2 ^ 3 ^ 4 > 0 }'],
    ['{} | count() + 2 * 3 ^ 2 > 1', '{} | count() + 2 * 3 ^ 2 > 1'],
  ])('%s', expectPrinted);
});

describe('parseFieldName', () => {
  it.each(['resource.service.name', 'name', 'trace:id', 'span."two words"', '.a', 'parent.duration'])('%s', (text) => {
    expect(printField(parseFieldName(text))).toBe(text);
  });

  it.each(['', 'service.name', 'span.a = 1', '"name"', 'span.', 'span.a }'])('refuses %j', (text) => {
    expect(() => parseFieldName(text)).toThrow('At position');
  });
});

it('tells where each part stands', () => {
  const query = '{ .a = 1 } >> { name = "x" } | count() > 2';
  const { body } = parseQuery(query);
  const [first, second] = body.kind === 'pipeline' ? body.stages : [];
  const texts = [body, first, second].map((node) => node && query.slice(node.at.from, node.at.to));
  expect(texts).toEqual([query, '{ .a = 1 } >> { name = "x" }', 'count() > 2']);
  const condition =
    first?.kind === 'spanset-operation' && first.right.kind === 'spanset-filter' ? first.right.condition : undefined;
  expect(condition && query.slice(condition.at.from, condition.at.to)).toBe('name = "x"');
});
