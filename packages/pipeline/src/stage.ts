import type { IngestEnvelope, LogRecord, MetricBatch, RumRecord, SpanRecord } from '@aegisguard/model';

/** What a stage may know besides the record. */
export interface StageContext {
  readonly envelope: IngestEnvelope;
}

/** One step of the normalizer: changes what it is given in place. It must not throw for any record, keep no state between organizations and do no input or output. */
export interface Stage<Row> {
  readonly name: string;
  apply(row: Row, context: StageContext): void;
}

/** A step over one log. */
export type LogStage = Stage<LogRecord>;
/** A step over one span. */
export type SpanStage = Stage<SpanRecord>;
/** A step over one event of a browser session. */
export type RumStage = Stage<RumRecord>;
/** A step over a whole batch of metrics, which lies in columns. */
export type MetricStage = Stage<MetricBatch>;
