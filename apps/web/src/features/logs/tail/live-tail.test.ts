import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../lib/api-error.ts';
import { LiveTail, type TailShown } from './live-tail.ts';
import type { TailStart } from './open-tail.ts';
import { RateMeter } from './rate-meter.ts';
import { reconnectDelay } from './reconnect-delay.ts';
import { keptWords, missedWords, stateWords, waitingWords } from './tail-words.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');

function lineEvent(id: number, ms: number): string {
  const log = {
    id: String(id),
    timestamp: new Date(ms).toISOString(),
    level: 'info',
    service: 'api',
    message: `line ${id}`,
  };
  return `id: ${id}\ndata: ${JSON.stringify({ ...log, attributes: {}, resource: {}, labels: { service_name: 'api' } })}\n\n`;
}

/** A stream that says these texts and ends. */
function streamOf(texts: readonly string[]): ReadableStream<Uint8Array> {
  return new Blob([...texts]).stream();
}

/** A tail whose connections are these, one after the other; the last stays open. */
function tailOver(connections: readonly (readonly string[] | ApiError)[]) {
  const starts: TailStart[] = [];
  const pauses: number[] = [];
  const tail = new LiveTail({
    open: (start, signal) => {
      const connection = connections[starts.length];
      starts.push(start);
      if (connection instanceof ApiError) {
        return Promise.reject(connection);
      }
      if (connection === undefined) {
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      }
      return Promise.resolve(streamOf(connection));
    },
    now: () => NOW,
    random: () => 0,
    pause: async (ms) => void pauses.push(ms),
    onFrame: (draw) => draw(),
  });
  return { tail, starts, pauses };
}

describe('a live tail', () => {
  it('shows lines, counts what is missed, and connects again behind the last line', async () => {
    const { tail, starts, pauses } = tailOver([
      [
        ': ready\n\n',
        lineEvent(1, NOW - 60_000),
        lineEvent(2, NOW + 5),
        'event: dropped\ndata: {"count":7}\n\n',
        'data: {"no":"log"}\n\n',
      ],
      [lineEvent(2, NOW + 5), lineEvent(3, NOW + 6)],
    ]);
    tail.start();
    tail.start();
    await vi.waitFor(() => expect(starts).toHaveLength(3), 30_000);
    expect(starts[0]).toEqual({ since: '2026-11-22T09:55:00.000Z', lastId: '' });
    expect(pauses).toEqual([1000, 2000]);
    expect(starts.map(({ lastId }) => lastId)).toEqual(['', '2', '3']);
    expect(tail.shown()).toMatchObject({ received: 3, missed: 8, linesPerSecond: 0.6 });
    expect(tail.shown().lines.map(({ message }) => message)).toEqual(['line 1', 'line 2', 'line 3']);
    tail.stop('asleep');
    expect(tail.shown().state).toBe('asleep');
    tail.clear();
    expect(tail.shown()).toMatchObject({ received: 0, missed: 0, lines: [] });
  });

  it('gets another token at once when its own has ended, and gives up what cannot become better', async () => {
    const refused = new ApiError('forbidden', 'You may not', { status: 403 });
    const { tail, starts, pauses } = tailOver([['event: end\ndata: {"reason":"access","detail":"over"}\n\n'], refused]);
    tail.start();
    await vi.waitFor(() => expect(tail.shown().state).toBe('over'), 30_000);
    expect([starts.length, pauses.length]).toEqual([2, 0]);
    expect(tail.shown().error).toBe(refused);
  });
});

describe('the wait before another try', () => {
  it('doubles, is never the same for all, and has an end', () => {
    expect([0, 1, 2, 3].map((failures) => reconnectDelay(failures, 1))).toEqual([1000, 2000, 4000, 8000]);
    expect(reconnectDelay(0, 0)).toBe(500);
    expect(reconnectDelay(1000, 1)).toBe(30_000);
  });
});

describe('the rate of lines', () => {
  it('is of the last five seconds', () => {
    const meter = new RateMeter();
    meter.add(10, 1000);
    meter.add(5, 4000);
    expect(meter.perSecond(4000)).toBe(3);
    expect(meter.perSecond(6500)).toBe(1);
    expect(meter.perSecond(20_000)).toBe(0);
  });
});

describe('the words about a tail', () => {
  const shown: TailShown = {
    state: 'open',
    error: undefined,
    lines: [],
    received: 0,
    forgotten: 0,
    missed: 0,
    linesPerSecond: 12.6,
  };

  it('say how it goes', () => {
    expect(stateWords(shown)).toBe('13 lines/s');
    expect(stateWords({ ...shown, linesPerSecond: 0.25 })).toBe('0.3 lines/s');
    expect(stateWords({ ...shown, state: 'connecting' })).toBe('Connecting…');
    const error = new ApiError('network', 'The connection was lost');
    expect(stateWords({ ...shown, state: 'waiting', error })).toBe('The connection was lost; trying again');
  });

  it('say what is missed, kept and waiting', () => {
    expect(missedWords(0)).toBeUndefined();
    expect(missedWords(1)).toBe('1 line missed');
    expect(missedWords(1200)).toBe('1,200 lines missed');
    expect(keptWords({ ...shown, received: 1 })).toBe('1 log');
    expect(waitingWords(0)).toBe('nothing new');
    expect(waitingWords(31)).toBe('31 new lines');
  });
});
