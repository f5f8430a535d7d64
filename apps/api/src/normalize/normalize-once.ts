import type { IngestIds } from '@aegisguard/ingest-ids';
import type { IngestEnvelope } from '@aegisguard/model';
import type { BatchJob, NormalizedBatch } from './normalize-batch.ts';
import { tryWhileUnavailable } from './try-while-unavailable.ts';

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
  const taken = await tryWhileUnavailable(() => parts.ingestIds.claim(job.envelope.batchId, claims.ids));
  if (taken.length + claims.repeated > 0) {
    parts.onDuplicates(job.envelope, taken.length + claims.repeated);
  }
  if (taken.length === 0) {
    return normalized;
  }
  const duplicates = taken.map((at) => claims.indexes[at] ?? -1);
  return parts.normalize({ ...job, body, skip: [...job.skip, ...duplicates] });
}
