import type {
  IngestEnvelope,
  LogRecord,
  MetricBatch,
  RumRecord,
  SecurityEventRecord,
  SpanRecord,
} from '@aegisguard/model';
import type { GeoLookup, UserAgentLookup } from './enrich/lookups.ts';
import type { ScrubTally } from './scrub/scrub-tally.ts';
import type { Scrubber } from './scrub/scrubber.ts';
import type { SentNumbers } from './scrub/sent-numbers.ts';

/** What a stage may know besides the record. */
export interface StageContext {
  readonly envelope: IngestEnvelope;
  /** The organization's. */
  readonly scrubber: Scrubber;
  /** Of this batch. */
  readonly tally: ScrubTally;
  /** Where decoding rounds long numbers (JSON's to doubles): the digits that were sent. */
  readonly sentNumbers?: SentNumbers | undefined;
  readonly geo: GeoLookup;
  readonly userAgents: UserAgentLookup;
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
/** A step over one security event. */
export type EventStage = Stage<SecurityEventRecord>;
/** A step over a whole batch of metrics, which lies in columns. */
export type MetricStage = Stage<MetricBatch>;
