import { expect, it } from 'vitest';
import { arrayJson } from './array-json.ts';

it('others have their turns while a long answer is written', async () => {
  const slow = (item: number): string => {
    const endMs = performance.now() + 5;
    while (performance.now() < endMs) {
      // As a series of many points takes its time.
    }
    return String(item);
  };
  let isWritten = false;
  let turns = 0;
  const others = (): void => {
    turns += 1;
    if (!isWritten) {
      setImmediate(others);
    }
  };
  setImmediate(others);
  const json = await arrayJson(
    Array.from({ length: 20 }, (_, at) => at),
    slow,
  );
  isWritten = true;
  expect(JSON.parse(json)).toHaveLength(20);
  expect(turns).toBeGreaterThan(3);
});

it('what would be too large is refused', async () => {
  const text = 'x'.repeat(1024 ** 2);
  await expect(arrayJson(Array.from({ length: 65 }), () => text)).rejects.toMatchObject({ code: 'query-too-large' });
});
