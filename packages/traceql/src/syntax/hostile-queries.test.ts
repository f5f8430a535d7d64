import { AegisError } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from './edit/tokenize.ts';
import { parseQuery, QUERY_LENGTH_MAX } from './parse-query.ts';
import { printQuery } from './print/print-query.ts';
import { ANY_QUERY } from './testing/arbitrary-query.ts';
import { withoutPlaces } from './testing/without-places.ts';

const DETAIL_LENGTH_MAX = 400;

/** Tokens cover a text from its beginning to its end, with nothing but white space between them. */
function expectCovered(query: string): void {
  let end = 0;
  for (const { at } of tokenize(query)) {
    expect(query.slice(end, at.from).trim()).toBe('');
    expect(at.to).toBeGreaterThan(at.from);
    end = at.to;
  }
  expect(query.slice(end).trim()).toBe('');
}

/** Parses, and prints and parses again what is a query; what is none is refused within itself. */
function tryQuery(query: string): void {
  expectCovered(query);
  try {
    const parsed = parseQuery(query);
    expect(withoutPlaces(parseQuery(printQuery(parsed)))).toEqual(withoutPlaces(parsed));
  } catch (error) {
    expect(error).toBeInstanceOf(AegisError);
    const { code, members, detail } = error as AegisError;
    expect(code).toBe('invalid-query');
    expect(members.position).toBeGreaterThanOrEqual(0);
    expect(members.position).toBeLessThanOrEqual(query.length);
    expect(detail?.isWellFormed()).toBe(true);
    expect(detail?.length).toBeLessThan(DETAIL_LENGTH_MAX);
  }
}

const PIECES = [
  ...['{', '}', '(', ')', '|', '||', '&&', '>', '>>', '<', '!>', '&~', '=', '!=', '=~', '!', '-', '+', '^', '%', ','],
  ...['.a', 'span.b', 'parent.', 'span:id', 'trace:', 'duration', 'name', 'parent', 'status', 'error', 'nil', 'true'],
  ...['count()', 'avg(', 'by(', 'select(', 'coalesce()', 'rate()', 'by (', 'topk(', 'compare(', 'with (', 'x=1', '{}'],
  ...['"a"', '`a`', '"(', '1', '1.5', '1s', '.5', '9223372036854775807', 'minInt', '//', '/*', '*/', '\n', ' '],
  ...['"', '\\', '\ud800', '\u0000', '__proto__', 'constructor', 'toString'],
];

describe('any text', () => {
  it('of any characters parses or is refused within itself', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), tryQuery), { numRuns: 250 });
  });

  it('of pieces of queries parses or is refused within itself', () => {
    const query = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(fc.property(query, tryQuery), { numRuns: 500 });
  });

  it('that was a query parses or is refused within itself', () => {
    const mutated = fc
      .tuple(ANY_QUERY, fc.nat(999), fc.nat(3), fc.constantFrom(...PIECES))
      .map(([query, place, cut, piece]) => {
        const text = printQuery(query);
        const at = Math.floor((place / 1000) * text.length);
        return text.slice(0, at) + piece + text.slice(at + cut);
      });
    fc.assert(fc.property(mutated, tryQuery), { numRuns: 200 });
  });
});

/** Processor time of a call, in milliseconds. */
function timeOf(call: () => void): number {
  const began = process.cpuUsage();
  call();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

describe('hostile queries', () => {
  const nearlyTooLong = QUERY_LENGTH_MAX - 10;

  it.each([
    ['too long', 'x'.repeat(200_000)],
    ['too long with a filter', `{}${' '.repeat(200_000)}`],
    ['parentheses', '('.repeat(nearlyTooLong)],
    ['parentheses around spans', `${'('.repeat(9990)}{}${')'.repeat(9990)}`],
    ['parentheses in braces', `{${'('.repeat(nearlyTooLong - 5)}`],
    ['braces', '{'.repeat(nearlyTooLong)],
    ['negations', `{${'!'.repeat(nearlyTooLong - 10)}.a}`],
    ['signs', `{${'-'.repeat(nearlyTooLong - 10)}1}`],
    ['signs of an aggregate', '-'.repeat(nearlyTooLong)],
    ['powers', `{${'2^'.repeat(nearlyTooLong / 2 - 10)}2=2}`],
    ['powers of aggregates', `${'2^'.repeat(nearlyTooLong / 2 - 10)}count()>1`],
    ['sums', `{${'1+'.repeat(nearlyTooLong / 2 - 10)}1=1}`],
    ['alternatives', `{${'.a||'.repeat(nearlyTooLong / 4 - 10)}.a}`],
    ['comparisons', `{${'.a=1||'.repeat(3000)}.a}`],
    ['spansets', `${'{}>>'.repeat(nearlyTooLong / 4 - 10)}{}`],
    ['stages', `${'{}|'.repeat(nearlyTooLong / 3 - 10)}{}`],
    ['groups', `{}${'|by(.a)'.repeat(2800)}`],
    ['selected fields', `{}|select(${'.a,'.repeat(6000)}.a)`],
    ['quantiles', `{}|quantile_over_time(.a${',1'.repeat(9000)})`],
    ['series', `${'({}|rate())+'.repeat(1600)}({}|rate())`],
    ['stages of series', `{}|rate()${'>1'.repeat(9000)}`],
    ['hints', `{}with(${'a=1,'.repeat(4900)}a=1)`],
    ['comments that are open', '/*'.repeat(nearlyTooLong / 2)],
    ['comments alone', '//\n'.repeat(6000)],
    ['an unclosed text', `{.a="${'x'.repeat(nearlyTooLong)}`],
    ['a text of escapes', `{.a="${'\\\\'.repeat(nearlyTooLong / 2)}`],
    ['quotes of names', `{.${'"a".'.repeat(4000)}`],
    ['an open name of escapes', `{."${'\\"'.repeat(9000)}`],
    ['a long name', `{.${'a'.repeat(nearlyTooLong - 10)}}`],
    ['dots', '.'.repeat(nearlyTooLong)],
    ['a long number', '9'.repeat(nearlyTooLong)],
    ['a long float', `{.a=${'9'.repeat(nearlyTooLong - 20)}.5}`],
    ['a long duration', `{.a=${'1h'.repeat(9000)}}`],
    ['exponents', `{.a=${'1e+1'.repeat(4000)}}`],
    ['a regex of parentheses', `{.a=~"${'('.repeat(9000)}a${')'.repeat(900)}"}`],
    ['a regex of repetitions', `{.a=~"${'a{1000}'.repeat(2800)}"}`],
    ['a regex of nested repetitions', '{.a=~"((((((a{9}){9}){9}){9}){9}){9}){9}"}'],
    ['a regex of a repeated group', `{.a=~"(${'ab'.repeat(4000)}){1000}"}`],
    ['a long regex', `{.a=~"${'a'.repeat(nearlyTooLong - 10)}"}`],
    ['large regexes', `{${Array.from({ length: 99 }, () => '.a=~"(ab{9}){900}"').join('||')}}`],
    ['nuls', '\u0000'.repeat(nearlyTooLong)],
    ['emoji', '😀'.repeat(nearlyTooLong / 2)],
    ['a half of a surrogate pair', '{.a="\ud800'],
  ])('%s are refused at once', (_, query) => {
    expect(timeOf(() => expect(() => parseQuery(query)).toThrow(AegisError))).toBeLessThan(1000);
    expect(timeOf(() => tokenize(query))).toBeLessThan(1000);
  });

  it('as deep as may be is no trouble to the printer', () => {
    const chain = `{ .a = 0${' || .a = 1'.repeat(499)} }`;
    expect(printQuery(parseQuery(chain))).toBe(chain);
    const deep = `{ ${'!('.repeat(49)}.a && .b${')'.repeat(49)} }`;
    expect(printQuery(parseQuery(deep))).toContain('!!');
    const spans = `{}${' >> {}'.repeat(999)}`;
    expect(printQuery(parseQuery(spans))).toBe(spans);
  });

  it('a large regex that can be run is accepted', () => {
    const services = Array.from({ length: 500 }, (_, i) => `service-${i}`).join('|');
    expect(parseQuery(`{ resource.service.name =~ "${services}" }`).body.kind).toBe('pipeline');
  });
});
