import type { FetchedSpan } from '@aegisguard/model';
import { fieldReader } from '../evaluate/read-field.ts';
import type { Spanset, SpansetAttribute } from '../evaluate/spanset.ts';
import { uniteSpans } from '../evaluate/spanset.ts';
import type { TraceSpans } from '../evaluate/trace-spans.ts';
import { firstScalar, type Scalar } from '../evaluate/value.ts';
import type { Field } from '../syntax/ast/field-expression.ts';

/** A span that was found, with the fields that the query names and that it has. */
export interface FoundSpan {
  readonly span: FetchedSpan;
  readonly fields: readonly { readonly field: Field; readonly value: Scalar }[];
}

/** Spans that were found together: how many they are, and the first of them. */
export interface FoundSpans {
  readonly count: number;
  readonly spans: readonly FoundSpan[];
}

/** One spanset of a trace, with what was found out about it. */
export interface FoundSpanset extends FoundSpans {
  readonly attributes: readonly SpansetAttribute[];
}

/** A trace in which something was found. */
export interface FoundTrace {
  readonly traceId: string;
  /** Its place in the order: start or duration, in nanoseconds. */
  readonly key: bigint;
  readonly spansets: readonly FoundSpanset[];
  /** All of them together. */
  readonly matched: FoundSpans;
}

/** Tells of spansets what is wanted, and no more, so that the trace can be forgotten. */
export class SpansetTeller {
  readonly #spansMax: number;
  readonly #fields: readonly { readonly field: Field; readonly read: ReturnType<typeof fieldReader> }[];

  constructor(fields: readonly Field[], spansMax: number) {
    this.#spansMax = spansMax;
    this.#fields = fields.map((field) => ({ field, read: fieldReader(field) }));
  }

  tell(place: Pick<FoundTrace, 'traceId' | 'key'>, trace: TraceSpans, spansets: readonly Spanset[]): FoundTrace {
    return {
      ...place,
      spansets: spansets.map(({ spans, attributes }) => ({ attributes, ...this.#spansOf(trace, spans) })),
      matched: this.#spansOf(trace, uniteSpans(spansets.map(({ spans }) => spans))),
    };
  }

  #spansOf(trace: TraceSpans, spans: readonly number[]): FoundSpans {
    return { count: spans.length, spans: spans.slice(0, this.#spansMax).map((index) => this.#spanOf(trace, index)) };
  }

  #spanOf(trace: TraceSpans, index: number): FoundSpan {
    const fields = this.#fields.flatMap(({ field, read }) => {
      const value = firstScalar(read(trace, index));
      return value === undefined ? [] : [{ field, value }];
    });
    return { span: trace.at(index), fields };
  }
}
