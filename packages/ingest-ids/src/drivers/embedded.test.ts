import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { describeIngestIds } from '../conformance/ingest-ids-conformance.ts';
import { REMEMBERED_MS } from '../driver.ts';
import { openEmbeddedIngestIds } from './embedded.ts';

const [ONE, OTHER] = ['019ab000-0000-7000-8000-000000000001', '019ab000-0000-7000-8000-000000000002'];
const ids = (...numbers: readonly bigint[]) => BigUint64Array.from(numbers);

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'aegis-ids-'));
});

afterAll(() => rmSync(directory, { recursive: true }));

describeIngestIds('embedded', () => Promise.resolve(openEmbeddedIngestIds({ directory: join(directory, 'shared') })));

describe('generations', () => {
  let nowMs = 20_000 * REMEMBERED_MS;
  const open = (name: string) => openEmbeddedIngestIds({ directory: join(directory, name), nowMs: () => nowMs });

  afterEach(() => {
    nowMs = 20_000 * REMEMBERED_MS;
  });

  it('remember for a day at least, and let go after two', async () => {
    nowMs += REMEMBERED_MS - 1;
    const memory = open('days');
    await memory.claim(ONE, ids(1n));
    nowMs += REMEMBERED_MS;
    expect(await memory.claim(OTHER, ids(1n, 2n))).toEqual([0]);
    nowMs += 1;
    expect(await memory.claim(OTHER, ids(1n))).toEqual([]);
    await memory.close();
    expect(readdirSync(join(directory, 'days')).sort()).toEqual(['ids-20001.sqlite', 'ids-20002.sqlite']);
  });

  it('are found by the start after a long pause, and the old ones deleted', async () => {
    const before = open('pause');
    await before.claim(ONE, ids(1n));
    await before.close();
    nowMs += 5 * REMEMBERED_MS;
    const after = open('pause');
    expect(await after.claim(OTHER, ids(1n))).toEqual([]);
    await after.close();
    expect(readdirSync(join(directory, 'pause')).sort()).toEqual(['ids-20004.sqlite', 'ids-20005.sqlite']);
  });

  it('stay as they are when the clock is set back', async () => {
    const memory = open('back');
    await memory.claim(ONE, ids(1n));
    nowMs -= 3 * REMEMBERED_MS;
    expect(await memory.claim(OTHER, ids(1n))).toEqual([0]);
    await memory.close();
  });

  it('that cannot be written are `unavailable`', async () => {
    const memory = open('closed');
    await memory.close();
    await expect(memory.claim(ONE, ids(1n))).rejects.toMatchObject({ code: 'unavailable' });
  });
});
