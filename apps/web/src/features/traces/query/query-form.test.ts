import { parseQuery, printQuery } from '@aegisguard/traceql/syntax';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addFilters,
  durationText,
  hasFilter,
  replacePart,
  setDurations,
  toggleFilter,
  valueText,
} from './edit-query.ts';
import type { Filter } from './filter.ts';
import { readForm } from './query-form.ts';
import { kindOfQuery } from './query-kind.ts';

const SERVICE: Filter = { field: 'resource.service.name', op: '=', value: '"checkout"' };

/** The conditions as the form has them: what they compare, or their text. */
function partsOf(query: string): readonly string[] {
  const form = readForm(query);
  return form.kind === 'form' || form.kind === 'behind'
    ? form.parts.map(({ key, filter, shown, text }) => (filter === undefined ? text : `${key} ${filter.op} ${shown}`))
    : [form.kind];
}

describe('reading a query as a form', () => {
  it.each([
    ['', []],
    ['{}', []],
    ['{ resource.service.name = "a" && span:duration > 1.5s }', ['resource.service.name = a', ':duration > 1.5s']],
    ['{ 500 <= span.http.status_code && status=error }', ['span.http.status_code >= 500', ':status = error']],
    ['{ (name = `x` && kind != server) && .a =~ "b.*" }', [':name = x', ':kind != server', 'any.a =~ b.*']],
    ['{ span.a = 1 || span.b = 2 }', ['(span.a = 1 || span.b = 2)']],
    // && binds no stronger than ||.
    ['{ span.a = 1 || span.b = 2 && kind = client }', ['(span.a = 1 || span.b = 2)', ':kind = client']],
    ['{ (span.a = 1 || span.b = 2) && !span.c }', ['(span.a = 1 || span.b = 2)', '!span.c']],
    ['{ span.a + 1 > span.b && parent.span.x != nil }', ['span.a + 1 > span.b', 'parent.span.x != nil']],
    ['{ status = error } | count() > 3 | by(name)', [':status = error']],
    ['{ kind = server } | rate() by (name)', [':kind = server']],
    ['{ kind = server } >> { kind = client }', []],
    ['{ kind = server } >> { kind = client } | { name = "x" }', [':name = x']],
    ['({} | rate()) / ({} | rate())', ['other']],
    ['{ kind = }', ['invalid']],
  ])('%j', (query, parts) => {
    expect(partsOf(query)).toEqual(parts);
  });

  it.each([
    ['', 'traces'],
    ['{} | count() > 2', 'traces'],
    ['{ name = "rate()" }', 'traces'],
    ['{} | rate()', 'metrics'],
    ['({} | rate()) * 60', 'metrics'],
  ])('%j is of %s', (query, kind) => {
    expect(kindOfQuery(query)).toBe(kind);
  });
});

describe('writing conditions', () => {
  it.each([
    ['', '{ resource.service.name = "checkout" }'],
    ['{ }', '{ resource.service.name = "checkout" }'],
    ['{kind=server}', '{ kind=server && resource.service.name = "checkout" }'],
    ['{ .a = 1 || .b = 2 }', '{ (.a = 1 || .b = 2) && resource.service.name = "checkout" }'],
    ['{ resource.service.name = "cart" }', '{ resource.service.name = "checkout" }'],
    [
      '{ resource.service.name != "cart" }',
      '{ resource.service.name != "cart" && resource.service.name = "checkout" }',
    ],
    ['{ resource.service.name != "checkout" }', '{ resource.service.name = "checkout" }'],
    ['{} >> {} | count() > 1', '{} >> {} | { resource.service.name = "checkout" } | count() > 1'],
    ['({} >> {}) | rate()', '({} >> {} | { resource.service.name = "checkout" }) | rate()'],
    ['{} | rate()', '{ resource.service.name = "checkout" } | rate()'],
    ['{ kind = }', '{ kind = }'],
    ['({} | rate()) / 2', '({} | rate()) / 2'],
  ])('a value is asked for: %j', (query, wanted) => {
    const edited = toggleFilter(query, SERVICE);
    expect(edited).toBe(wanted);
    expect(hasFilter(edited, SERVICE)).toBe(edited !== query);
  });

  it('is undone by the same click, and by that the query is none again', () => {
    expect(toggleFilter(toggleFilter('', SERVICE), SERVICE)).toBe('');
    const other = '{ (.a = 1 || .b = 2) && kind = server } | count() > 2';
    expect(toggleFilter(toggleFilter(other, SERVICE), SERVICE)).toBe(other);
  });

  it('what is excluded is not asked for', () => {
    const excluded = { ...SERVICE, op: '!=' } as const;
    expect(toggleFilter('{ resource.service.name = "checkout" }', excluded)).toBe(
      '{ resource.service.name != "checkout" }',
    );
    expect(toggleFilter('{ resource.service.name != "cart" }', excluded)).toBe(
      '{ resource.service.name != "cart" && resource.service.name != "checkout" }',
    );
  });

  it('one of the conditions is changed, or goes', () => {
    const query = '{ kind = server && .a = 1 && status = error } | by(name)';
    expect(replacePart(query, 1, [SERVICE])).toBe(
      '{ kind = server && resource.service.name = "checkout" && status = error } | by(name)',
    );
    expect(replacePart(query, 0, [])).toBe('{ .a = 1 && status = error } | by(name)');
    expect(replacePart('{ kind = server }', 0, [])).toBe('');
  });

  it('durations take the place of those before', () => {
    expect(setDurations('{ duration >= 1s && kind = server && duration < 5s }', 0.262144, 8.388608)).toBe(
      '{ kind = server && duration > 262us && duration <= 8.39ms }',
    );
    expect(setDurations('', undefined, 100)).toBe('{ duration <= 100ms }');
    expect(setDurations('{ duration > 1ms }', undefined, undefined)).toBe('');
  });

  it('values are written as their types need it', () => {
    expect(valueText('status', 'error')).toBe('error');
    expect(valueText('span.a', 'say "hi"\n')).toBe('"say \\"hi\\"\\n"');
    expect(valueText('span.a', 404)).toBe('404');
    expect(valueText('span.a', true)).toBe('true');
  });

  const texts = fc.string({ unit: 'binary', maxLength: 12 });
  const filters: fc.Arbitrary<Filter> = fc.record({
    field: fc.constantFrom('name', 'span.http.route', 'resource.service.name', '.x'),
    op: fc.constantFrom('=', '!='),
    value: texts.map((text) => valueText('name', text)),
  });
  const queries = fc.constantFrom(
    '',
    '{ .a = 1 || .b = 2 }',
    '{ kind = server } | rate() by (name) | topk(3)',
    '{ kind = server } &>> { status = error } | select(.x)',
    '{ /* why */ !(.a && .b) } // so',
  );

  it('always gives a query that is understood and has the condition', () => {
    fc.assert(
      fc.property(queries, filters, (query, filter) => {
        const edited = addFilters(query, [filter]);
        expect(hasFilter(edited, filter)).toBe(true);
        expect(parseQuery(printQuery(parseQuery(edited))).body.kind).toBe(
          kindOfQuery(edited) === 'metrics' ? 'metrics' : 'pipeline',
        );
      }),
    );
  });

  it('durations are read back as they were written, to three digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (ms) => {
        const form = readForm(`{ duration > ${durationText(ms)} }`);
        expect(form.kind).toBe('form');
        const tree = parseQuery(`{ duration > ${durationText(ms)} }`);
        const text = JSON.stringify(tree.body, (_, value) => (typeof value === 'bigint' ? `n${value}` : value));
        const nanos = Number(/"n(\d+)"/.exec(text)?.[1]);
        expect(Math.abs(nanos / 1e6 - ms)).toBeLessThanOrEqual(Math.max(ms * 0.006, 1e-6));
      }),
    );
  });
});
