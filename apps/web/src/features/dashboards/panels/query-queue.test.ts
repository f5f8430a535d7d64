import { expect, it } from 'vitest';
import { QueryQueue } from './query-queue.ts';

/** A task that ends when it is told to. */
function task() {
  const { promise, resolve } = Promise.withResolvers<string>();
  let started = false;
  return {
    run: () => {
      started = true;
      return promise;
    },
    end: resolve,
    isStarted: () => started,
  };
}

it('runs so many at a time, in their order, and none whose signal is aborted', async () => {
  const queue = new QueryQueue(1);
  const [first, second, third] = [task(), task(), task()];
  const stop = new AbortController();
  const go = new AbortController().signal;
  const one = queue.run(go, first.run);
  const two = queue.run(stop.signal, second.run);
  const three = queue.run(go, third.run);
  expect([first, second, third].map((each) => each.isStarted())).toEqual([true, false, false]);
  stop.abort(new Error('not wanted'));
  await expect(two).rejects.toThrow('not wanted');
  first.end('1');
  third.end('3');
  expect(await one).toBe('1');
  expect(await three).toBe('3');
  expect(second.isStarted()).toBe(false);
});

it('a task that fails makes room for the next', async () => {
  const queue = new QueryQueue(1);
  const { signal } = new AbortController();
  const failing = queue.run(signal, () => Promise.reject(new Error('no')));
  const next = queue.run(signal, async () => 'yes');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('yes');
});
