import type { PipelineLine } from '@aegisguard/logql';
import type { IngestEnvelope, LogRecord, TailedLog } from '@aegisguard/model';
import { logView } from '../platform/log-view.ts';

/** What a tail sends of a record: what a search would find, and what the query made of it. */
export function tailedLog(record: LogRecord, { batchId }: IngestEnvelope, { line, labels }: PipelineLine): TailedLog {
  const { index, timestamp } = record;
  return { ...logView({ ...record, position: { timestamp, batchId, index } }), line, labels: labels.all() };
}
