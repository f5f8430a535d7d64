import type { Scalar } from './value.ts';
import type { Work } from './work.ts';

/** What is kept of what was found out about one spanset. */
const ATTRIBUTES_MAX = 20;

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

/** Attributes with others, which replace those of the same name; what is more than a spanset may have is not kept. */
export function withAttributes(
  attributes: readonly SpansetAttribute[],
  added: readonly SpansetAttribute[],
): readonly SpansetAttribute[] {
  if (added.length === 0) {
    return attributes;
  }
  const byName = new Map(attributes.map((one) => [one.name, one]));
  for (const one of added) {
    if (byName.has(one.name) || byName.size < ATTRIBUTES_MAX) {
      byName.set(one.name, one);
    }
  }
  return [...byName.values()];
}

/** The spans of ascending lists together. */
export function uniteSpans(lists: readonly (readonly number[])[], work: Work): readonly number[] {
  const [first = []] = lists;
  if (lists.length < 2) {
    return first;
  }
  const united = new Set<number>();
  for (const list of lists) {
    work.spend(list.length);
    for (const index of list) {
      united.add(index);
    }
  }
  return [...united].sort((a, b) => a - b);
}
