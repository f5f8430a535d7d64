import { expect, it } from 'vitest';
import { Tail, type TailEnd } from './tail.ts';

const ENDED: TailEnd = { reason: 'access', detail: 'The session has ended.' };
const line = (index: number, json = '{}') => ({ timestamp: '1', batchId: 'b', index, json });

function open(): { tail: Tail; ends: TailEnd[] } {
  const ends: TailEnd[] = [];
  return { tail: new Tail((end) => ends.push(end)), ends };
}

it('gives what comes as soon as it comes, and silence where nothing does', async () => {
  const { tail } = open();
  const next = tail.next(60_000);
  tail.add([line(0)], 0);
  tail.add([line(1)], 0);
  expect(await next).toEqual({ kind: 'lines', lines: [line(0), line(1)], dropped: 0 });
  expect(await tail.next(1)).toEqual({ kind: 'silence' });
  tail.add([], 3);
  expect(await tail.next(60_000)).toEqual({ kind: 'lines', lines: [], dropped: 3 });
});

it('keeps a bounded number of lines for a slow reader, and then says how many were missed', async () => {
  const { tail } = open();
  for (let index = 0; index < 5000; index += 1) {
    tail.add([line(index)], 0);
  }
  const news = await tail.next(60_000);
  expect(news).toMatchObject({ kind: 'lines', dropped: 3000 });
  expect(news.kind === 'lines' && news.lines.map(({ index }) => index)).toEqual(
    Array.from({ length: 2000 }, (_, n) => n),
  );
  tail.add([line(5000)], 0);
  expect(await tail.next(60_000)).toEqual({ kind: 'lines', lines: [line(5000)], dropped: 0 });
});

it('keeps a bounded number of characters, gives them in small parts, and says what was missed after the last', async () => {
  const { tail } = open();
  const long = 'x'.repeat(60_000);
  for (let index = 0; index < 100; index += 1) {
    tail.add([line(index, long)], 0);
  }
  const parts: number[] = [];
  let dropped = 0;
  while (dropped === 0) {
    const news = await tail.next(60_000);
    if (news.kind === 'lines') {
      parts.push(news.lines.length);
      ({ dropped } = news);
    }
  }
  const kept = Math.floor((4 * 1024 ** 2) / long.length);
  expect(parts.reduce((sum, count) => sum + count, 0)).toBe(kept);
  expect(Math.max(...parts)).toBe(2);
  expect(dropped).toBe(100 - kept);
});

it('an end comes at once, once, and before everything that waits', async () => {
  const { tail, ends } = open();
  const next = tail.next(60_000);
  tail.end(ENDED);
  tail.end({ reason: 'gone', detail: '' });
  tail.add([line(0)], 1);
  expect(await next).toEqual({ kind: 'end', ...ENDED });
  expect(await tail.next(60_000)).toEqual({ kind: 'end', ...ENDED });
  expect(ends).toEqual([ENDED]);
  const late = open();
  late.tail.add([line(0)], 0);
  late.tail.end(ENDED);
  expect(await late.tail.next(60_000)).toEqual({ kind: 'end', ...ENDED });
});

it('holds lines back so that others may come, but not an end', async () => {
  const { tail } = open();
  const next = tail.next(60_000, 50);
  tail.add([line(0)], 0);
  setTimeout(() => tail.add([line(1)], 0), 1);
  expect(await next).toEqual({ kind: 'lines', lines: [line(0), line(1)], dropped: 0 });
  const last = tail.next(60_000, 60_000);
  tail.add([line(2)], 0);
  setTimeout(() => tail.end(ENDED), 1);
  expect(await last).toEqual({ kind: 'end', ...ENDED });
});
