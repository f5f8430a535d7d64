import { expect, it } from 'vitest';
import { TaskGate } from './task-gate.ts';

/** A task that ends when told to. */
function heldTask(started: string[], name: string) {
  const held = Promise.withResolvers<string>();
  const task = () => {
    started.push(name);
    return held.promise;
  };
  return { task, end: () => held.resolve(name), fail: () => held.reject(new Error(name)) };
}

it('runs a few, makes the next wait in order, refuses the rest, and goes on after a failure', async () => {
  const gate = new TaskGate(2, 2);
  const started: string[] = [];
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => heldTask(started, name));
  if (!a || !b || !c || !d) {
    throw new Error('unreachable');
  }
  const [runA, runB, runC, runD] = [gate.run(a.task), gate.run(b.task), gate.run(c.task), gate.run(d.task)];
  expect(started).toEqual(['a', 'b']);
  await expect(gate.run(() => Promise.resolve())).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: 1 });

  a.fail();
  await expect(runA).rejects.toThrow('a');
  b.end();
  expect(await runB).toBe('b');
  c.end();
  d.end();
  expect(await Promise.all([runC, runD])).toEqual(['c', 'd']);
  expect(started).toEqual(['a', 'b', 'c', 'd']);

  expect(await gate.run(() => Promise.resolve('free again'))).toBe('free again');
});
