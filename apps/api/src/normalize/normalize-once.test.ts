import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IngestIds, openEmbeddedIngestIds } from '@aegisguard/ingest-ids';
import { AegisError, DEFAULT_PRIVACY_POLICY, type IngestEnvelope, parseOrgId } from '@aegisguard/model';
import type { EncodedBatch } from '@aegisguard/storage';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BatchJob, type NormalizedBatch, normalizeBatch } from './normalize-batch.ts';
import { normalizeOnce } from './normalize-once.ts';

// What the worker does with a batch whose client gave its records ids, with a real memory of ids.

const PRIVACY = { version: 0, policyText: JSON.stringify(DEFAULT_PRIVACY_POLICY), hashKey: new Uint8Array(32) };

let directory: string;
let ingestIds: IngestIds;
let repeats: number;
let nextBatch = 1;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'aegis-once-'));
  ingestIds = openEmbeddedIngestIds({ directory });
  repeats = 0;
});

afterEach(async () => {
  await ingestIds.close();
  rmSync(directory, { recursive: true });
});

function batchOf(ids: readonly string[], org = 1): BatchJob {
  const logs = ids.map((ingestId, row) => ({ service: 's', message: `row ${row}`, ...(ingestId && { ingestId }) }));
  const envelope: IngestEnvelope = {
    v: 1,
    orgId: parseOrgId(`00000000-0000-7000-8000-00000000000${org}`),
    signal: 'logs',
    format: 'native-json',
    batchId: `01a20593-2e5d-7f18-b1c0-${String(nextBatch).padStart(12, '0')}`,
    keyId: 'key',
    receivedAtMs: 1_795_000_000_000,
    retentionDays: 30,
    accepted: ids.length,
    rejected: [],
    clientAddress: '127.0.0.1',
  };
  nextBatch += 1;
  return { envelope, body: Buffer.from(JSON.stringify({ logs })), skip: [], everySeries: false };
}

/** The rows of `row …` messages that a job brings to the store. */
async function rowsOf(job: BatchJob, memory = ingestIds): Promise<number[]> {
  const parts = {
    ingestIds: memory,
    normalize: async (each: BatchJob) =>
      normalizeBatch({ ...each, privacy: PRIVACY, geo: { version: 0, files: [] } }) as NormalizedBatch<EncodedBatch>,
    onDuplicates: (_envelope: IngestEnvelope, records: number) => {
      repeats += records;
    },
  };
  const { batch } = await normalizeOnce(parts, job);
  const rows = [
    ...Buffer.from(batch.bytes)
      .toString('latin1')
      .matchAll(/row (\d+)/g),
  ].map(([, row]) => Number(row));
  expect(new Set(rows).size).toBe(batch.rowCount);
  return [...new Set(rows)].sort((a, b) => a - b);
}

it('leaves out what another batch brought, and what the batch itself has twice', async () => {
  expect(await rowsOf(batchOf(['a', 'b', 'a', '']))).toEqual([0, 1, 3]);
  expect(repeats).toBe(1);
  expect(await rowsOf(batchOf(['c', 'b', '']))).toEqual([0, 2]);
  expect(repeats).toBe(2);
});

it('what a batch has twice and another one brought stays out both times', async () => {
  expect(await rowsOf(batchOf(['a']))).toEqual([0]);
  expect(await rowsOf(batchOf(['a', 'a', 'b', 'a']))).toEqual([2]);
  expect(repeats).toBe(3);
});

it('a batch that comes again brings what is not stored yet, and no second record of a stored id', async () => {
  const job = batchOf(['a', 'a', 'b', '']);
  expect(await rowsOf(job)).toEqual([0, 2, 3]);
  expect(await rowsOf({ ...job, skip: [0] })).toEqual([2, 3]);
  expect(await rowsOf({ ...job, skip: [0, 2, 3] })).toEqual([]);
});

it('the same ids of two organizations are two', async () => {
  expect(await rowsOf(batchOf(['a', 'b'], 1))).toEqual([0, 1]);
  expect(await rowsOf(batchOf(['a', 'b'], 2))).toEqual([0, 1]);
});

it('of two batches at the same time each id is brought by one', async () => {
  const ids = Array.from({ length: 600 }, (_, id) => `id-${id}`);
  const [one, other] = await Promise.all([rowsOf(batchOf(ids)), rowsOf(batchOf(ids.toReversed()))]);
  const mirrored = other.map((row) => ids.length - 1 - row);
  expect([...one, ...mirrored].sort((a, b) => a - b)).toEqual(ids.map((_, row) => row));
});

it('asks again while the memory of ids is away, and takes a half claim for its own', async () => {
  let tries = 0;
  const memory: IngestIds = {
    claim: async (batchId, ids) => {
      tries += 1;
      await ingestIds.claim(batchId, ids.subarray(0, tries));
      if (tries < 3) {
        throw new AegisError('unavailable');
      }
      return ingestIds.claim(batchId, ids);
    },
    close: () => Promise.resolve(),
  };
  expect(await rowsOf(batchOf(['a', 'b', 'c']), memory)).toEqual([0, 1, 2]);
  expect(tries).toBe(3);
});
