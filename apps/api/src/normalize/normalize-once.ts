import { setTimeout as delay } from 'node:timers/promises';
import type { IngestIds } from '@aegisguard/ingest-ids';
import { AegisError, type IngestEnvelope } from '@aegisguard/model';
import type { BatchJob, NormalizedBatch } from './normalize-batch.ts';

/** How often claims are tried, with pauses of 100 ms that double: 6 s, within the lease of a batch. */
const ATTEMPTS = 7;
const PAUSE_MS = 100;

/** What becomes of the records that came before. */
export interface OnceParts<Batch> {
  readonly ingestIds: IngestIds;
  readonly normalize: (job: BatchJob) => Promise<NormalizedBatch<Batch>>;
  readonly onDuplicates: (envelope: IngestEnvelope, records: number) => void;
}

/**
 * Normalizes a batch without the records that another batch brought before, which the ids that clients give tell. Rows are made before the ids are asked for, since almost every batch is new; one with duplicates is
 * normalized again. A claim comes before the insert: a batch that dies in between is delivered again, and the ids are its own.
 */
export async function normalizeOnce<Batch>(parts: OnceParts<Batch>, job: BatchJob): Promise<NormalizedBatch<Batch>> {
  const normalized = await parts.normalize(job);
  const { claims, body } = normalized;
  if (claims === undefined || body === undefined) {
    return normalized;
  }
  const taken = await claim(parts.ingestIds, job.envelope.batchId, claims.ids);
  if (taken.length + claims.repeated > 0) {
    parts.onDuplicates(job.envelope, taken.length + claims.repeated);
  }
  if (taken.length === 0) {
    return normalized;
  }
  const duplicates = taken.map((at) => claims.indexes[at] ?? -1);
  return parts.normalize({ ...job, body, skip: [...job.skip, ...duplicates] });
}

async function claim(ingestIds: IngestIds, batchId: string, ids: BigUint64Array): Promise<readonly number[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ingestIds.claim(batchId, ids);
    } catch (error) {
      if (attempt >= ATTEMPTS || !(error instanceof AegisError && error.code === 'unavailable')) {
        throw error;
      }
      await delay(PAUSE_MS * 2 ** (attempt - 1));
    }
  }
}
