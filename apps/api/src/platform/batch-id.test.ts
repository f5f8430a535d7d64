import { expect, it } from 'vitest';
import { newBatchId } from './batch-id.ts';

it('is a UUIDv7 that starts with the time', () => {
  const id = newBatchId(0x0123_4567_89ab);
  expect(id).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it('differs each time', () => {
  expect(new Set(Array.from({ length: 1000 }, () => newBatchId(1))).size).toBe(1000);
});
