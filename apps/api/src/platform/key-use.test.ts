import { pino } from 'pino';
import { expect, it } from 'vitest';
import { KeyUse } from './key-use.ts';

const MINUTE = 60_000;

function underTest() {
  const written: [string, string][][] = [];
  const state = { nowMs: 10 * MINUTE + 5, isAway: false };
  const noteUse = async (uses: ReadonlyMap<string, Date>) => {
    if (state.isAway) {
      throw new Error('away');
    }
    written.push([...uses].map(([id, at]) => [id, at.toISOString()]));
  };
  const use = new KeyUse({ noteUse }, pino({ level: 'silent' }), () => state.nowMs);
  return { use, written, state };
}

it('writes every key once, to the minute, and nothing when none was used', async () => {
  const { use, written, state } = underTest();
  use.note('a');
  use.note('b');
  state.nowMs += MINUTE;
  use.note('a');
  await use.flush();
  await use.flush();
  expect(written).toEqual([
    [
      ['a', '1970-01-01T00:11:00.000Z'],
      ['b', '1970-01-01T00:10:00.000Z'],
    ],
  ]);
});

it('keeps what could not be written, and writes what is left at the end', async () => {
  const { use, written, state } = underTest();
  state.isAway = true;
  use.note('a');
  use.note('b');
  const first = use.flush();
  state.nowMs += MINUTE;
  use.note('b');
  await first;
  state.isAway = false;
  await use.close();
  expect(written).toEqual([
    [
      ['a', '1970-01-01T00:10:00.000Z'],
      ['b', '1970-01-01T00:11:00.000Z'],
    ],
  ]);
});
