import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Turns } from './turns.ts';

it('blocks that come in one turn of the event loop are one stretch', async () => {
  let now = 0;
  const turns = new Turns({ signal: new AbortController().signal, timeoutMs: 60_000 }, () => now);
  turns.begin();
  now = 4_000;
  turns.begin();
  turns.checkStretch();
  now = 5_001;
  expect(() => turns.checkStretch()).toThrow(expect.objectContaining({ code: 'query-too-large' }));
  await setImmediate();
  turns.begin();
  turns.checkStretch();
});
