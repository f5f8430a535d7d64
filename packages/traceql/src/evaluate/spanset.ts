import type { Scalar } from './value.ts';

/** Something that was found out about a spanset: `by(…)`, `count()`, `avg(duration)`; undefined for `nil`. */
export interface SpansetAttribute {
  readonly name: string;
  readonly value: Scalar | undefined;
}

/** Some of a trace's spans. */
export interface Spanset {
  /** Indexes of the trace's spans, ascending, each once. */
  readonly spans: readonly number[];
  readonly attributes: readonly SpansetAttribute[];
}

/** The spans of ascending lists together. */
export function uniteSpans(lists: readonly (readonly number[])[]): readonly number[] {
  const [first = []] = lists;
  return lists.length < 2 ? first : [...new Set(lists.flat())].sort((a, b) => a - b);
}
