import type { IngestEnvelope, LogRecord } from '@aegisguard/model';

/** What a stage may know besides the record. */
export interface StageContext {
  readonly envelope: IngestEnvelope;
}

/** One step of the normalizer over logs: changes the record in place. It must not throw for any record, keep no state between organizations and do no input or output. */
export interface LogStage {
  readonly name: string;
  apply(record: LogRecord, context: StageContext): void;
}
