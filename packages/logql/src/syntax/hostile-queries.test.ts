import { AegisError } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryQuery } from '../testing/arbitrary-query.ts';
import { ANY_WORDS } from '../testing/vocabulary.ts';
import { parseQuery, QUERY_LENGTH_MAX } from './parse-query.ts';
import { formatQuery } from './print/format-query.ts';
import { printQuery } from './print/print-query.ts';

const DETAIL_LENGTH_MAX = 400;

/** Parses, and prints and parses again what is a query; what is none is refused within itself. */
function tryQuery(query: string): void {
  try {
    const parsed = parseQuery(query);
    expect(parseQuery(printQuery(parsed))).toEqual(parsed);
    expect(parseQuery(formatQuery(parsed, 20))).toEqual(parsed);
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
  ...['{', '}', '(', ')', '[5m]', '|=', '!=', '|~', '=~', '|>', '=', '==', ',', '|', '-', '+', '^', '>', '--strict'],
  ...[
    '"a"',
    '`a`',
    '"<_>"',
    '"(?P<a>x)"',
    'a',
    'sum',
    'by',
    'rate',
    'topk',
    'json',
    'logfmt',
    'drop',
    'unwrap',
    'bytes',
  ],
  ...['and', 'or', 'on', 'group_left', 'bool', 'offset', 'ip', 'vector', 'label_format', 'label_replace', '{a="b"}'],
  ...[' ', '#', '\n', '5', '5m', '5KB', 'Inf', '"', '\\', '\ud800', '\u0000', '__proto__', 'constructor'],
];

describe('any text', () => {
  it('of any characters parses or is refused within itself', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), tryQuery), { numRuns: 250 });
  });

  it('of pieces of queries parses or is refused within itself', () => {
    const query = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(fc.property(query, tryQuery), { numRuns: 400 });
  });

  it('that was a query parses or is refused within itself', () => {
    const mutated = fc
      .tuple(arbitraryQuery(ANY_WORDS), fc.nat(999), fc.nat(3), fc.constantFrom(...PIECES))
      .map(([query, place, cut, piece]) => {
        const text = printQuery(query);
        const at = Math.floor((place / 1000) * text.length);
        return text.slice(0, at) + piece + text.slice(at + cut);
      });
    fc.assert(fc.property(mutated, tryQuery), { numRuns: 150 });
  });
});

describe('hostile queries', () => {
  const nearlyTooLong = QUERY_LENGTH_MAX - 10;

  it.each([
    ['too long', 'x'.repeat(200_000)],
    ['too long with a selector', `{}${' '.repeat(200_000)}`],
    ['parentheses', '('.repeat(nearlyTooLong)],
    ['ten thousand parentheses around a number', `${'('.repeat(9990)}1${')'.repeat(9990)}`],
    ['parentheses of a filter', `{} | ${'('.repeat(nearlyTooLong - 5)}`],
    ['nested sums', 'sum('.repeat(nearlyTooLong / 4)],
    ['nested rates', `rate(${'('.repeat(nearlyTooLong - 5)}`],
    ['label replacements', 'label_replace('.repeat(1400)],
    ['signs', '-'.repeat(nearlyTooLong)],
    ['powers', '2^'.repeat(nearlyTooLong / 2)],
    ['sums of numbers', `${'1+'.repeat(nearlyTooLong / 2)}1`],
    ['sums of rates', `${'rate({}[1s])+'.repeat(1500)}1`],
    ['filters', `{} | ${'a=1,'.repeat(nearlyTooLong / 4 - 2)}a=1`],
    ['filters without words between them', `{} | ${'a=1 '.repeat(nearlyTooLong / 4 - 2)}`],
    ['alternatives', `{} | ${'a=1 or '.repeat(2800)}a=1`],
    ['alternatives of a line', `{} |= ${'"a" or '.repeat(2800)}"a"`],
    ['stages', `{} ${'|json'.repeat(3990)}`],
    ['matchers', `{${'a="",'.repeat(3300)}a=""}`],
    ['labels', `sum by (${'a,'.repeat(9000)}a) (vector(1))`],
    ['an unclosed text', `{a="${'x'.repeat(nearlyTooLong)}`],
    ['a text of escapes', `{a="${'\\\\'.repeat(nearlyTooLong / 2)}`],
    ['comments', '#\n'.repeat(nearlyTooLong / 2)],
    ['a long number', '9'.repeat(nearlyTooLong)],
    ['a long number with a unit', `${'9'.repeat(nearlyTooLong)}m`],
    ['a number of points', '1.'.repeat(nearlyTooLong / 2)],
    ['a long duration', `rate({}[${'1h'.repeat(9000)}])`],
    ['a long name', 'a'.repeat(nearlyTooLong)],
    ['a long flag', `--${'a'.repeat(nearlyTooLong)}`],
    ['a pattern of captures', `{} | pattern "${'<a>'.repeat(6000)}"`],
    ['a pattern of open brackets', `{} | pattern "${'<a'.repeat(9000)}"`],
    ['a template of open actions', `{} | line_format "${'{{'.repeat(9000)}"`],
    ['a template of parentheses', `{} | line_format "{{ ${'('.repeat(9000)} }}"`],
    ['a template of conditions', `{} | line_format "${'{{if .a}}'.repeat(2000)}"`],
    ['a long address', `{} |= ip("${':'.repeat(nearlyTooLong - 20)}")`],
    ['a long place', `{} | json a="${'b['.repeat(9000)}"`],
    ['a regex of parentheses', `{a=~"${'('.repeat(9000)}a${')'.repeat(900)}"}`],
    ['a regex of repetitions', `{a=~"${'a{1000}'.repeat(2800)}"}`],
    ['a regex of nested repetitions', '{a=~"((((((a{9}){9}){9}){9}){9}){9}){9}"}'],
    ['a regex of a repeated group', `{a=~"(${'ab'.repeat(4000)}){1000}"}`],
    ['a regex of classes', `{a=~"${'[^a]{1000}'.repeat(900)}"}`],
    ['a long regex', `{a=~"${'a'.repeat(nearlyTooLong - 10)}"}`],
    ['large regexes', `{${Array.from({ length: 99 }, () => 'a=~"(ab{9}){900}"').join(',')}}`],
    ['nuls', '\u0000'.repeat(nearlyTooLong)],
    ['emoji', '😀'.repeat(nearlyTooLong / 2)],
    ['a half of a surrogate pair', '{a="\ud800'],
  ])('%s are refused at once', (_, query) => {
    const began = process.cpuUsage();
    expect(() => parseQuery(query)).toThrow(AegisError);
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(1000);
  });

  it('as deep as may be is no trouble to the printer', () => {
    const deep = `${'sum('.repeat(99)}rate({}[5m])${')'.repeat(99)}`;
    expect(printQuery(parseQuery(deep))).toBe(deep.replace('[', ' ['));
    expect(formatQuery(parseQuery(deep)).split('\n').length).toBeGreaterThan(100);
    const chain = `vector(1)${' + vector(1)'.repeat(100)}`;
    expect(printQuery(parseQuery(chain))).toBe(chain);
  });

  it('a large regex that can be run is accepted', () => {
    const services = Array.from({ length: 500 }, (_, i) => `service-${i}`).join('|');
    expect(parseQuery(`{service=~"${services}"}`).kind).toBe('log-query');
    expect(parseQuery('{} |~ `^\\d{1,3}(\\.\\d{1,3}){3} [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`').kind).toBe(
      'log-query',
    );
  });
});
