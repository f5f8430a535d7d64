import type { IngestCountsAnswer } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { arrivalOf } from './arrival.ts';

type Row = IngestCountsAnswer['rows'][number];

const row = (fields: Partial<Row>): Row => ({
  signal: 'logs',
  protocol: 'native',
  keyId: 'mine',
  keyName: 'Mine',
  outcome: 'accepted',
  advice: null,
  requests: [1, 0, 0],
  records: [10, 0, 0],
  bytes: [100, 0, 0],
  ...fields,
});

const answer = (...rows: readonly Row[]): IngestCountsAnswer => ({
  start: 60_000,
  end: 240_000,
  stepMs: 60_000,
  rows: [...rows],
});

describe('what has come with a key', () => {
  it('is nothing when others send', () => {
    expect(arrivalOf(answer(row({ keyId: 'other' })), 'mine')).toEqual({
      accepted: [],
      lastAcceptedMs: undefined,
      refusals: [],
      hasStopped: false,
    });
  });

  it('adds up protocols and says when the last record came', () => {
    const rows = [
      row({}),
      row({ protocol: 'otlp-http', records: [0, 5, 0] }),
      row({ signal: 'traces', records: [1, 0, 0] }),
    ];
    expect(arrivalOf(answer(...rows), 'mine')).toEqual({
      accepted: [
        { signal: 'logs', records: 15 },
        { signal: 'traces', records: 1 },
      ],
      lastAcceptedMs: 120_000,
      refusals: [],
      hasStopped: false,
    });
  });

  it('an accepted request without records is no arrival', () => {
    expect(arrivalOf(answer(row({ records: [0, 0, 0] })), 'mine').lastAcceptedMs).toBeUndefined();
  });

  it('lists refusals, the most frequent first, also of requests whose records nobody counted', () => {
    const rows = [
      row({ outcome: 'too-old', advice: 'Check the clock.', requests: [1, 1, 0], records: [3, 4, 0] }),
      row({ outcome: 'unauthorized', advice: 'Check the secret.', requests: [9, 0, 0], records: [0, 0, 0] }),
    ];
    expect(arrivalOf(answer(...rows), 'mine').refusals).toEqual([
      { outcome: 'unauthorized', advice: 'Check the secret.', signal: 'logs', requests: 9, records: 0, lastMs: 60_000 },
      { outcome: 'too-old', advice: 'Check the clock.', signal: 'logs', requests: 2, records: 7, lastMs: 120_000 },
    ]);
  });

  it('a reason is listed once, whatever protocols it happened with', () => {
    const refused = row({ outcome: 'forbidden', requests: [2, 0, 0], records: [0, 0, 0] });
    const { refusals } = arrivalOf(answer(refused, { ...refused, protocol: 'otlp-http', requests: [0, 3, 0] }), 'mine');
    expect(refusals).toEqual([
      { outcome: 'forbidden', advice: null, signal: 'logs', requests: 5, records: 0, lastMs: 120_000 },
    ]);
  });

  it('does not say that it goes on when only refusals came later', () => {
    const refused = row({ outcome: 'unauthorized', requests: [0, 0, 1], records: [0, 0, 0] });
    expect(arrivalOf(answer(row({ records: [0, 3, 0] }), refused), 'mine').hasStopped).toBe(true);
    expect(arrivalOf(answer(row({ records: [0, 3, 1] }), refused), 'mine').hasStopped).toBe(false);
    expect(arrivalOf(answer(refused), 'mine').hasStopped).toBe(false);
  });
});
