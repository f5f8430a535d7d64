import { pino } from 'pino';
import { afterEach, expect, it, vi } from 'vitest';
import { ownMemory, ThreadPool } from './thread-pool.ts';

const DEATH = expect.objectContaining({ name: 'ThreadDeathError' });
let pool: ThreadPool<unknown, unknown>;
afterEach(() => pool.close());

/** A pool of threads whose code is this; `content` is what they were asked. */
function poolOf(code: string, threadCount = 1): ThreadPool<unknown, unknown> {
  const source = `import { parentPort, threadId } from 'node:worker_threads';
    parentPort.on('message', ({ id, content }) => { const answer = (content) => parentPort.postMessage({ id, content }); ${code} });`;
  return new ThreadPool({
    logger: pino({ level: 'silent' }),
    name: 'test',
    threadCount,
    threadFile: new URL(`data:text/javascript,${encodeURIComponent(source)}`),
    heapMbMax: 64,
    youngMbMax: 16,
  });
}

it('answers each question with its own answer', async () => {
  pool = poolOf('answer(content * 2);', 2);
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => pool.ask(n, [])));
  expect(answers).toEqual(Array.from({ length: 50 }, (_, n) => n * 2));
});

it('uses the threads that it may have', async () => {
  pool = poolOf('answer(threadId);', 2);
  expect(new Set(await Promise.all([pool.ask(1, []), pool.ask(2, []), pool.ask(3, [])])).size).toBe(2);
});

it('tells every thread, in order with what it is asked', async () => {
  const code =
    'globalThis.heard ??= []; if (content === "news") heard.push(content); else answer([threadId, heard.length]);';
  pool = poolOf(code, 2);
  const askBoth = async () => (await Promise.all([pool.ask(1, []), pool.ask(2, [])])) as [number, number][];
  const before = await askBoth();
  pool.tell('news');
  const after = await askBoth();
  expect(new Set(after.map(([thread]) => thread))).toEqual(new Set(before.map(([thread]) => thread)));
  expect([...before, ...after].map(([, heard]) => heard)).toEqual([0, 0, 1, 1]);
});

it('a thread that died is replaced', async () => {
  pool = poolOf('if (content === "die") process.exit(1); answer("alive");');
  await expect(pool.ask('die', [])).rejects.toEqual(DEATH);
  await vi.waitFor(async () => expect(await pool.ask('live', [])).toBe('alive'), { timeout: 60_000, interval: 250 });
});

it('moves memory, but none that may be someone else’s', async () => {
  pool = poolOf('answer(content.length);');
  const slab = new Uint8Array(100);
  for (const [body, rest, isMoved] of [
    [new Uint8Array(10), 'shared', true],
    [slab.subarray(0, 10), 'shared', false],
    [slab.subarray(10), 'slack', false],
    [slab.subarray(0, 10), 'slack', true],
  ] as const) {
    const length = body.length;
    const bytes = ownMemory(body, rest);
    expect(await pool.ask(bytes, [bytes.buffer])).toBe(length);
    expect([bytes.length, body.length]).toEqual([0, isMoved ? 0 : length]);
  }
});

it.each([
  ['throws', 'throw new Error("broken");'],
  ['ends', 'process.exit(0);'],
  ['runs out of memory', 'const hoard = []; for (;;) hoard.push(new Array(1e5).fill(content));'],
])('a thread that %s fails what it was asked, and is not started again at once', async (_, code) => {
  pool = poolOf(code);
  await expect(pool.ask(1, [])).rejects.toEqual(DEATH);
  await expect(pool.ask(1, [])).rejects.toEqual(DEATH);
});
