import type { QueryStats } from './log-reader.ts';
import type { SpanCondition, SpanFieldValue } from './span-query.ts';
import type { UnixNanos } from './unix-nanos.ts';

/** Spans of a range are split into a selection and the others, and both are counted by what they have. Of a span that came several times with a start in the range what came last counts. */
export interface SpanComparisonQuery {
  /** Which spans are meant. */
  readonly condition: SpanCondition;
  /** Which of them are the selection, where they also start in this time. */
  readonly selected: { readonly condition: SpanCondition; readonly start?: bigint; readonly end?: bigint };
  readonly start: UnixNanos;
  readonly end: UnixNanos;
  /** Width of a bucket in nanoseconds; bucket i holds start + i·step ≤ time < start + (i+1)·step. */
  readonly step: bigint;
  /** An attribute that has more values on a side tells none of them there. */
  readonly valuesMax: number;
  /** Told of each attribute are so many values that are most frequent on either side, on both. */
  readonly topN: number;
  /** More values than these, of both sides together, are refused: `query-too-large`. */
  readonly toldMax: number;
}

export const COMPARED_SIDES = ['baseline', 'selection'] as const;
/** The spans of the selection, or the others. */
export type ComparedSide = (typeof COMPARED_SIDES)[number];

/** Spans by bucket; those without are absent. */
export type BucketCounts = ReadonlyMap<number, number>;

/** What one side tells of an attribute. */
export interface ComparedAttribute {
  /** Spans that have it: at least one. */
  readonly total: BucketCounts;
  /** Of the values that are told those that the side has. */
  readonly values: ReadonlyMap<SpanFieldValue, BucketCounts>;
  /** It has others. */
  readonly hasMore: boolean;
}

/**
 * What the spans of each side have, by name: `name`, `kind`, `status`, `statusMessage`, and attributes behind `span.` and `resource.`, which every member of nested ones is. Of an array its first text, number or boolean counts; a service is
 * `resource.service.name` where the resource does not say it itself.
 */
export interface SpanComparison {
  readonly sides: Readonly<Record<ComparedSide, ReadonlyMap<string, ComparedAttribute>>>;
  readonly stats: QueryStats;
}

/** The most frequent values; of equally frequent ones the first by their texts. */
export function mostFrequentValues<Value extends SpanFieldValue>(
  counts: Iterable<readonly [Value, number]>,
  max: number,
): Value[] {
  return [...counts]
    .sort(
      ([a, one], [b, other]) => other - one || compareTexts(String(a), String(b)) || compareTexts(typeof a, typeof b),
    )
    .slice(0, max)
    .map(([value]) => value);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
