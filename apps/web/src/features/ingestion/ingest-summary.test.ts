import type { IngestCountsAnswer } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { summarize } from './ingest-summary.ts';

type Row = IngestCountsAnswer['rows'][number];

const row = (fields: Partial<Row>): Row => ({
  signal: 'logs',
  protocol: 'native',
  keyId: 'k1',
  keyName: 'First',
  outcome: 'accepted',
  advice: null,
  requests: [1, 0],
  records: [60, 0],
  bytes: [600, 0],
  ...fields,
});

const ANSWER: IngestCountsAnswer = {
  start: 0,
  end: 120_000,
  stepMs: 60_000,
  rows: [
    row({}),
    row({ protocol: 'otlp-http', records: [0, 180], requests: [0, 2], bytes: [0, 900] }),
    row({ keyId: 'k2', keyName: null, signal: 'traces', records: [6, 6], requests: [1, 1] }),
    row({ outcome: 'too-old', advice: 'Check the clock.', requests: [1, 1], records: [3, 4], bytes: [0, 0] }),
    row({ outcome: 'unauthorized', advice: 'Check the secret.', requests: [0, 50], records: [0, 0], bytes: [0, 0] }),
  ],
};
const ALL = { signal: undefined, keyId: undefined };

describe('an answer put together', () => {
  it('stacks accepted records by signal, and refusals, of which uncounted ones are one a request', () => {
    expect(summarize(ANSWER, ALL).histogram).toEqual({
      start: 0,
      stepMs: 60_000,
      bars: 2,
      kinds: [
        { kind: 'logs', counts: [60, 180] },
        { kind: 'traces', counts: [6, 6] },
        { kind: 'refused', counts: [3, 54] },
      ],
    });
  });

  it('has a row per key, signal and protocol, the busiest first', () => {
    const { senders } = summarize(ANSWER, ALL);
    expect(senders).toMatchObject([
      { protocol: 'otlp-http', accepted: 180, refused: 0, perSecond: 1.5, bytes: 900, lastMs: 60_000 },
      { protocol: 'native', keyName: 'First', accepted: 60, refused: 57, perSecond: 0.5, bytes: 600, lastMs: 60_000 },
      { keyName: null, signal: 'traces', accepted: 12, perSecond: 0.1 },
    ]);
  });

  it('says what was dropped and why, the most first', () => {
    expect(summarize(ANSWER, ALL).drops).toMatchObject([
      { outcome: 'unauthorized', advice: 'Check the secret.', requests: 50, records: 0, lastMs: 60_000 },
      { outcome: 'too-old', requests: 2, records: 7 },
    ]);
  });

  it('is filtered by signal and key', () => {
    expect(summarize(ANSWER, { signal: 'traces', keyId: undefined }).senders).toHaveLength(1);
    expect(summarize(ANSWER, { signal: undefined, keyId: 'k1' }).senders).toHaveLength(2);
    expect(summarize(ANSWER, { signal: 'traces', keyId: 'k1' })).toMatchObject({
      senders: [],
      drops: [],
      isEmpty: false,
    });
  });

  it('knows that nothing came at all', () => {
    expect(summarize({ ...ANSWER, rows: [] }, ALL).isEmpty).toBe(true);
  });
});
