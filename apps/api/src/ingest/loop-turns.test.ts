import { expect, it, onTestFinished, vi } from 'vitest';
import { LoopTurns } from './loop-turns.ts';

/** Keeps the loop busy, as a large body does. */
function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

it('runs everything, in order, and lets the loop go on in between', async () => {
  const turns = new LoopTurns();
  const seen: string[] = [];
  const all = ['a', 'b', 'c', 'd'].map((name) =>
    turns.take(() => {
      work(6);
      seen.push(name);
      return name;
    }),
  );
  setTimeout(() => seen.push('timer'), 1);
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
  expect(seen.filter((name) => name !== 'timer')).toEqual(['a', 'b', 'c', 'd']);
  expect(seen.indexOf('timer')).toBeLessThan(seen.indexOf('d'));
});

it('short work shares a turn', async () => {
  // A clock that stands still: a machine that is busy makes no work long.
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  onTestFinished(() => clock.mockRestore());
  const turns = new LoopTurns();
  let immediates = 0;
  const done = Promise.all(Array.from({ length: 100 }, () => turns.take(() => undefined)));
  const count = () => {
    immediates += 1;
    setImmediate(count).unref();
  };
  setImmediate(count).unref();
  await done;
  expect(immediates).toBeLessThan(10);
});

it('what fails is the caller’s, and nobody else’s', async () => {
  const turns = new LoopTurns();
  const broken = turns.take(() => {
    throw new Error('broken');
  });
  const whole = turns.take(() => 'whole');
  await expect(broken).rejects.toThrow('broken');
  expect(await whole).toBe('whole');
  expect(await turns.take(() => 'later')).toBe('later');
});
