import { expect, it, onTestFinished, vi } from 'vitest';
import { SelfMetrics } from '../../platform/self-metrics.ts';
import { Tail, type TailNews } from './tail.ts';
import { TailFeed } from './tail-feed.ts';
import type { TailLine } from './tail-lines.ts';

const line = (index: number): TailLine => ({ timestamp: '1', batchId: 'b', index, json: '{}' });
const lines = (...indexes: readonly number[]) => indexes.map(line);

function open(): { tail: Tail; feed: TailFeed; metrics: SelfMetrics } {
  const tail = new Tail(() => undefined);
  const metrics = new SelfMetrics();
  return { tail, metrics, feed: new TailFeed(tail, metrics, { storedAfterMs: 20 }) };
}

async function next(news: AsyncGenerator<TailNews, void>): Promise<TailNews | undefined> {
  return (await news.next()).value ?? undefined;
}

it('tells stored lines first, in parts, then what comes, and each once', async () => {
  const { tail, feed, metrics } = open();
  tail.add(lines(249, 250), 0);
  await feed.beginWith(async () => lines(...Array.from({ length: 250 }, (_, index) => index)));
  const news = feed.news();
  const sizes = [];
  for (let part = 0; part < 3; part += 1) {
    const told = await next(news);
    sizes.push(told?.kind === 'lines' && told.lines.length);
  }
  expect(sizes).toEqual([100, 100, 50]);
  expect(await next(news)).toEqual({ kind: 'lines', lines: lines(250), dropped: 0 });
  tail.add(lines(3), 2);
  expect(await next(news)).toEqual({ kind: 'lines', lines: [], dropped: 2 });
  tail.end({ reason: 'gone', detail: '' });
  expect(await next(news)).toEqual({ kind: 'end', reason: 'gone', detail: '' });
  expect(await next(news)).toBeUndefined();
  expect(await metrics.registry.getSingleMetricAsString('aegis_tail_lines_sent_total')).toContain('total 251');
  expect(await metrics.registry.getSingleMetricAsString('aegis_tail_lines_dropped_total')).toContain('total 2');
});

it('tells what was stored a little later than asked, unless it came in by itself', async () => {
  const { tail, feed } = open();
  let stored = lines(0);
  await feed.beginWith(async () => stored);
  const news = feed.news();
  expect(await next(news)).toMatchObject({ lines: lines(0) });
  tail.add(lines(2), 0);
  expect(await next(news)).toMatchObject({ lines: lines(2) });
  stored = lines(0, 1, 2);
  expect(await next(news)).toMatchObject({ lines: lines(1) });
  // The store is not asked a third time: what comes twice from here on is a redelivery, and the hub's to find.
  tail.add(lines(3), 0);
  expect(await next(news)).toMatchObject({ lines: lines(3) });
  tail.end({ reason: 'gone', detail: '' });
});

/** All news that there is at once. */
async function drain(news: AsyncGenerator<TailNews, void>, tail: Tail): Promise<{ lines: number; dropped: number }> {
  const sum = { lines: 0, dropped: 0 };
  tail.add([{ ...line(0), batchId: 'last' }], 0);
  for (let isLast = false; !isLast; ) {
    const told = await next(news);
    if (told?.kind === 'lines') {
      sum.lines += told.lines.length;
      sum.dropped += told.dropped;
      isLast = told.lines.some(({ batchId }) => batchId === 'last');
    }
  }
  return sum;
}

it('keeps the newest stored lines within bounds for a reader, and counts the others', async () => {
  const { tail, feed, metrics } = open();
  await feed.beginWith(async () => lines(...Array.from({ length: 10 }, (_, index) => index)).map(ofAMebibyte));
  const news = feed.news();
  expect(await next(news)).toEqual({ kind: 'lines', lines: [], dropped: 6 });
  expect(await next(news)).toEqual({ kind: 'lines', lines: lines(6, 7, 8, 9).map(ofAMebibyte), dropped: 0 });
  tail.end({ reason: 'gone', detail: '' });
  expect(await metrics.registry.getSingleMetricAsString('aegis_tail_lines_dropped_total')).toContain('total 6');
});

function ofAMebibyte(each: TailLine): TailLine {
  return { ...each, json: 'x'.repeat(1024 ** 2) };
}

it('what is read again takes no room from what comes, and what was told is forgotten though lines always wait', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { tail, feed } = open();
  const stored = lines(...Array.from({ length: 5000 }, (_, index) => index));
  const wishes: number[] = [];
  await feed.beginWith(async (more) => {
    wishes.push(more);
    return stored;
  });
  const news = feed.news();
  expect(await drain(news, tail)).toEqual({ lines: 5001, dropped: 0 });
  await vi.advanceTimersByTimeAsync(20);
  expect(wishes).toEqual([0, 1]);
  tail.add(lines(4999, 5000), 0);
  expect(await next(news)).toMatchObject({ lines: lines(5000), dropped: 0 });
  tail.add(lines(5001), 0);
  await vi.advanceTimersByTimeAsync(30_000);
  tail.add(lines(5000), 0);
  expect(await next(news)).toMatchObject({ lines: lines(5001, 5000), dropped: 0 });
  tail.end({ reason: 'gone', detail: '' });
});
