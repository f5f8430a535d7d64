import type { QueryStats } from './log-reader.ts';
import type { StoredSpan } from './span-reader.ts';

/** What is remarkable about a span of `TraceColumns`; bits of a number. `follows`: it links to its own parent, as what follows from it and is not waited for. */
export const SPAN_MARKS = { exception: 1, links: 2, follows: 4 } as const;

/** A trace's spans without their attributes, a column a field: ascending by start, then by id, each id once, as it came last. */
export interface TraceColumns {
  readonly spanIds: readonly string[];
  /** '' for a root. */
  readonly parentSpanIds: readonly string[];
  /** Unix nanoseconds. */
  readonly startTimes: BigInt64Array;
  /** Nanoseconds. */
  readonly durations: Float64Array;
  readonly services: readonly string[];
  readonly names: readonly string[];
  readonly hosts: readonly string[];
  /** Places in `SPAN_KINDS` and `SPAN_STATUSES`. */
  readonly kinds: Uint8Array;
  readonly statuses: Uint8Array;
  /** Sums of `SPAN_MARKS`. */
  readonly marks: Uint8Array;
}

/** The columns of a trace, of its earliest spans when it has more than were asked for. */
export interface ReadTraceColumns {
  readonly columns: TraceColumns;
  readonly isCut: boolean;
  /** Rows with the id of another span, which came later. */
  readonly duplicates: number;
  readonly stats: QueryStats;
}

/** Where a span lies in the store. */
export type SpanPlace = Pick<StoredSpan, 'spanId' | 'service' | 'startTime'>;

/** Spans of a trace in which a text stands, the earliest first. */
export interface FoundSpans {
  readonly spanIds: readonly string[];
  /** How many there are, told or not. */
  readonly count: number;
  readonly stats: QueryStats;
}
