import type { PrivacyFindingsAnswer } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { kindOrder, summarizeFindings } from './findings-summary.ts';

type Row = PrivacyFindingsAnswer['rows'][number];

const row = (fields: Partial<Row>): Row => ({
  signal: 'logs',
  detector: 'email',
  strategy: 'redact',
  place: 'message',
  total: 3,
  counts: [1, 2],
  ...fields,
});

const ANSWER: PrivacyFindingsAnswer = {
  start: 0,
  end: 120_000,
  stepMs: 60_000,
  rows: [
    row({ detector: 'ip', strategy: 'truncate', place: 'attributes.client.ip', total: 900, counts: [400, 500] }),
    row({}),
    row({ strategy: 'hash', total: 1, counts: [0, 1] }),
    row({ signal: 'traces', place: 'events[].attributes.user.email', total: 5, counts: [5, 0] }),
    row({ detector: 'custom:ticket', total: 1, counts: [0, 1] }),
    row({ detector: 'private-key', place: '(other)', total: 1, counts: [1, 0] }),
  ],
};
const ALL = { kind: undefined, showsTruncated: false };

describe('findings put together', () => {
  it('have each kind with what was done, where, and in which signal', () => {
    const { kinds } = summarizeFindings(ANSWER, ALL);
    expect(kinds.map(({ kind, total }) => [kind, total])).toEqual([
      ['email', 9],
      ['custom:ticket', 1],
      ['private-key', 1],
    ]);
    expect(kinds[0]).toMatchObject({
      strategies: [
        { strategy: 'redact', count: 8 },
        { strategy: 'hash', count: 1 },
      ],
      signals: [
        { signal: 'traces', count: 5 },
        { signal: 'logs', count: 4 },
      ],
      places: [
        { signal: 'traces', place: 'events[].attributes.user.email', count: 5 },
        { signal: 'logs', place: 'message', count: 4 },
      ],
    });
  });

  it('keep truncated addresses apart', () => {
    const { truncated, histogram } = summarizeFindings(ANSWER, ALL);
    expect(truncated).toMatchObject({ total: 900, places: [{ place: 'attributes.client.ip' }] });
    expect(histogram.kinds.map(({ kind }) => kind)).toEqual(['private-key', 'email', 'custom:ticket']);
    expect(histogram.kinds[1]?.counts).toEqual([6, 3]);
  });

  it('draw truncated addresses when that is wanted, or when only addresses are', () => {
    expect(summarizeFindings(ANSWER, { ...ALL, showsTruncated: true }).histogram.kinds).toHaveLength(4);
    expect(summarizeFindings(ANSWER, { ...ALL, kind: 'ip' }).histogram.kinds).toEqual([
      { kind: 'ip', counts: [400, 500] },
    ]);
  });

  it('are the same whatever the chart is narrowed to, except for the chart', () => {
    const narrowed = summarizeFindings(ANSWER, { ...ALL, kind: 'email' });
    expect(narrowed.histogram.kinds.map(({ kind }) => kind)).toEqual(['email']);
    expect(narrowed.kinds).toEqual(summarizeFindings(ANSWER, ALL).kinds);
  });

  it('are known to be none', () => {
    expect(summarizeFindings({ ...ANSWER, rows: [] }, ALL)).toMatchObject({
      isEmpty: true,
      truncated: undefined,
      histogram: { bars: 2, kinds: [] },
    });
  });
});

it('kinds stand in their order, rules after them', () => {
  expect(['custom:b', 'ip', 'custom:a', 'jwt'].toSorted(kindOrder)).toEqual(['jwt', 'ip', 'custom:a', 'custom:b']);
});
