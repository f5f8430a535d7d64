import type { IngestEnvelope, LogRecord } from '@aegisguard/model';
import { createLogPipeline, LOG_STAGES } from '@aegisguard/pipeline';
import { buildNativeLogs } from '@aegisguard/protocols';
import type { EncodedBatch } from '@aegisguard/storage';
import { logEncoder } from '@aegisguard/storage/encoder';

const pipeline = createLogPipeline(LOG_STAGES);

/**
 * The worker's pure part, run in a thread: a queued body to insert-ready rows. Indexes in `skip` are left out: those that the gateway refused and those that are stored already.
 * Throws when the body cannot be read, which no later try would change.
 */
export function normalizeBatch(envelope: IngestEnvelope, body: Uint8Array, skip: readonly number[]): EncodedBatch {
  const records: LogRecord[] = (DECODERS[envelope.format] as Decoder)(envelope, body, skip);
  pipeline.run(records, { envelope });
  return logEncoder.encode(envelope.orgId, envelope, records);
}

type Decoder = (envelope: IngestEnvelope, body: Uint8Array, skip: readonly number[]) => LogRecord[];

const DECODERS: Readonly<Record<string, Decoder>> = {
  'native-json': (envelope, body, skip) => buildNativeLogs(body, envelope, skip),
};
