import { pino } from 'pino';
import { afterEach, expect, it } from 'vitest';
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

it('moves memory', async () => {
  pool = poolOf('answer(content.length);');
  const pooled = Buffer.from('a view on a larger buffer');
  const bytes = ownMemory(pooled);
  expect(await pool.ask(bytes, [bytes.buffer])).toBe(pooled.length);
  expect(bytes.length).toBe(0);
  expect(pooled.toString()).toBe('a view on a larger buffer');
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
