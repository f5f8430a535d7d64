import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

  it.each([
    ['is none', () => Buffer.alloc(20_000, 'x')],
    ['lost its beginning', (whole: Buffer) => whole.subarray(4096)],
    ['has a torn first page', (whole: Buffer) => Buffer.from(whole).fill(0xff, 90, 4096)],
  ])('whose file %s are begun anew, and it is told', async (_, damage) => {
    const before = open('damaged');
    await before.claim(ONE, ids(1n));
    await before.close();
    const path = join(directory, 'damaged', 'ids-20000.sqlite');
    writeFileSync(path, damage(readFileSync(path)));
    const damaged: string[] = [];
    const after = openEmbeddedIngestIds({
      directory: join(directory, 'damaged'),
      nowMs: () => nowMs,
      onDamaged: (lost) => damaged.push(lost),
    });
    expect(damaged).toEqual([path]);
    expect(await after.claim(OTHER, ids(1n))).toEqual([]);
    expect(await after.claim(ONE, ids(1n))).toEqual([0]);
    await after.close();
  });

  it('that cannot be written are `unavailable`', async () => {
    const memory = open('closed');
    await memory.close();
    await expect(memory.claim(ONE, ids(1n))).rejects.toMatchObject({ code: 'unavailable' });
  });
});
