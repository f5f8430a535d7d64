import { expect, it } from 'vitest';
import { freeMemory } from './free-memory.ts';

it('gives memory back, twice as well as once', () => {
  for (const view of [Buffer.allocUnsafeSlow(100_000).subarray(0, 50_000), new Float64Array(1)]) {
    freeMemory(view);
    expect(view.buffer).toHaveProperty('detached', true);
    freeMemory(view);
  }
});

it.each([
  ['may lie in a pool', Buffer.from('short')],
  ['may have others before it', new Uint8Array(200_000).subarray(1)],
])('leaves alone what %s', (_, view) => {
  freeMemory(view);
  expect(view.length).toBeGreaterThan(0);
});
