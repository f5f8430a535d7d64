import type { FetchedSpan } from '@aegisguard/model';
import { fieldReader } from '../evaluate/read-field.ts';
import type { Spanset, SpansetAttribute } from '../evaluate/spanset.ts';
import { uniteSpans } from '../evaluate/spanset.ts';
import type { TraceSpans } from '../evaluate/trace-spans.ts';
import { firstScalar, type Scalar } from '../evaluate/value.ts';
import type { Field } from '../syntax/ast/field-expression.ts';

/** Characters that are told of a value, and of all: then fields are left out. */
const VALUE_LENGTH_MAX = 1_000;
const TEXT_MAX = 8_000_000;
/** What a value takes of it at least. */
const VALUE_LENGTH_MIN = 10;
/** Spans that are told of all traces together: behind them it is only told how many there are. */
const SPANS_TOLD_MAX = 200_000;

/** What is told of every span that was found. */
type ToldSpan = Pick<
  FetchedSpan,
  'traceId' | 'spanId' | 'parentSpanId' | 'name' | 'kind' | 'service' | 'startTime' | 'durationNanos' | 'status'
>;

/** A span that was found, with the fields that the query names and that it has. */
export interface FoundSpan {
  readonly span: ToldSpan;
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
  /** The first of them, as many as are wanted. */
  readonly spansets: readonly FoundSpanset[];
  /** All that were found together. */
  readonly matched: FoundSpans;
}

/** Tells of spansets what is wanted, and no more, so that the trace can be forgotten. */
export class SpansetTeller {
  readonly #spansMax: number;
  readonly #spansetsMax: number;
  #textLeft = TEXT_MAX;
  #spansLeft = SPANS_TOLD_MAX;
  readonly #fields: readonly { readonly field: Field; readonly read: ReturnType<typeof fieldReader> }[];

  /** `spans` are told of each spanset, `spansets` of each trace, at most. */
  constructor(fields: readonly Field[], most: { readonly spans: number; readonly spansets: number }) {
    this.#spansMax = most.spans;
    this.#spansetsMax = most.spansets;
    this.#fields = fields.map((field) => ({ field, read: fieldReader(field) }));
  }

  tell(place: Pick<FoundTrace, 'traceId' | 'key'>, trace: TraceSpans, spansets: readonly Spanset[]): FoundTrace {
    const all = uniteSpans(
      spansets.map(({ spans }) => spans),
      trace.work,
    );
    return {
      ...place,
      spansets: spansets.slice(0, this.#spansetsMax).map(({ spans, attributes }) => ({
        attributes: attributes.flatMap((one) => this.#attributeOf(one)),
        ...this.#spansOf(trace, spans),
      })),
      matched: this.#spansOf(trace, all),
    };
  }

  #attributeOf({ name, value }: SpansetAttribute): readonly SpansetAttribute[] {
    if (this.#textLeft <= 0) {
      return [];
    }
    return [{ name, value: value === undefined ? undefined : this.#told(value) }];
  }

  #spansOf(trace: TraceSpans, spans: readonly number[]): FoundSpans {
    const told = spans.slice(0, Math.min(this.#spansMax, this.#spansLeft));
    this.#spansLeft -= told.length;
    return { count: spans.length, spans: told.map((index) => this.#spanOf(trace, index)) };
  }

  /** As much of a value as may be told. */
  #told(value: Scalar): Scalar {
    if (typeof value !== 'string') {
      this.#textLeft -= VALUE_LENGTH_MIN;
      return value;
    }
    const told = value.length > VALUE_LENGTH_MAX ? value.slice(0, VALUE_LENGTH_MAX).toWellFormed() : value;
    this.#textLeft -= Math.max(told.length, VALUE_LENGTH_MIN);
    return told;
  }

  #spanOf(trace: TraceSpans, index: number): FoundSpan {
    const fields = this.#fields.flatMap(({ field, read }) => {
      const value = firstScalar(read(trace, index));
      return value === undefined || this.#textLeft <= 0 ? [] : [{ field, value: this.#told(value) }];
    });
    const { traceId, spanId, parentSpanId, name, kind, service, startTime, durationNanos, status } = trace.at(index);
    const span = { traceId, spanId, parentSpanId, name, kind, service, startTime, durationNanos, status };
    return { span, fields };
  }
}
