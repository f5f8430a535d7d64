import { unixNanos } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../syntax/parse-query.ts';
import { SECOND, START } from '../testing/arbitrary-spans.ts';
import { spanOf } from '../testing/span-builder.ts';
import type { Spanset } from './spanset.ts';
import { SpansetQuery } from './spanset-query.ts';
import { TraceSpans } from './trace-spans.ts';
import { Work } from './work.ts';

const RANGE = { start: START, end: unixNanos(START + 3600n * SECOND) };

/** What is found, and how often the clock was looked at. */
function run(query: string, spans: ConstructorParameters<typeof TraceSpans>[0]): [readonly Spanset[], number] {
  const { body } = parseQuery(query);
  if (body.kind !== 'pipeline') {
    throw new TypeError('a query of spansets is meant');
  }
  let looks = 0;
  const work = new Work(() => {
    looks += 1;
  });
  const found = new SpansetQuery(body).find(new TraceSpans(spans, work), RANGE);
  return [found, looks];
}

const event = { name: 'x', timestamp: START, attributes: { n: 1 }, droppedAttributesCount: 0 };
const one = spanOf({
  id: 'a',
  attributes: { text: 'a'.repeat(1_000) },
  events: new Array<typeof event>(500).fill(event),
});
const plain = spanOf({ id: 'a', attributes: { text: 'a'.repeat(1_000), n: 1 } });
const many = Array.from({ length: 300 }, (_, at) => spanOf({ id: at.toString(36), at }));

describe('the clock is looked at', () => {
  it.each([
    ['not for what is cheap', '{ span.text =~ "a+" }', [plain], 0],
    ['for a large expression', '{ span.text =~ "(a{9}){90}b" }', [plain], 1],
    ['for one that stands in a span', '{ name =~ span.text }', [plain], 1],
    ['for many parts', `{ ${'.n = 2 || '.repeat(300)}.n = 1 }`, [plain], 1],
    ['for many events', '{ event:name = "y" }', [one], 1],
    ['for pairs of events', '{ event:name = event.n }', [one], 1],
    ['for many spansets', '{} | by(span:id) | by(name) | count() > 0', many, 1],
    ['for aggregates', '{} | avg(duration * 2 + 1) > 0', many, 1],
  ])('%s', (_, query, spans, looksMin) => {
    const [, looks] = run(query, spans);
    expect(looks).toBeGreaterThanOrEqual(looksMin);
    expect(looks > 0).toBe(looksMin > 0);
  });
});

describe('what is said of spansets', () => {
  it('is said once', () => {
    const [found] = run('{} | by(name) | by(status) | by(name) | count() > 0 | count() > 0', [plain]);
    expect(found.map(({ attributes }) => attributes.map(({ name }) => name))).toEqual([
      ['by(name)', 'by(status)', 'count()'],
    ]);
  });

  it('has a bound', () => {
    const numbers = Array.from({ length: 30 }, (_, at) => `n${at}`);
    const span = spanOf({ id: 'a', attributes: Object.fromEntries(numbers.map((name) => [name, 1])) });
    const [found] = run(`{} | ${numbers.map((name) => `max(.${name})`).join(' + ')} = 30`, [span]);
    expect(found.map(({ attributes }) => attributes.length)).toEqual([20]);
  });
});
