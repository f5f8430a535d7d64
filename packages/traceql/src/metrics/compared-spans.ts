import {
  type BucketCounts,
  COMPARED_ATTRIBUTES_MAX,
  COMPARED_SIDES,
  type ComparedAttribute,
  type ComparedSide,
  type FetchedSpan,
  type JsonObject,
  KeptComparison,
  mostFrequentValues,
  type SpanComparison,
  tooManyComparedAttributes,
} from '@aegisguard/model';
import { eachAttribute } from '../evaluate/read-attribute.ts';
import type { TraceSpans } from '../evaluate/trace-spans.ts';
import { firstScalar, type Scalar } from '../evaluate/value.ts';

/** Counts the spans of both sides by what they have, as they come. */
export class ComparedSpans {
  readonly #kept = new KeptComparison();
  readonly #sides: Readonly<Record<ComparedSide, SideCounts>>;

  /** An attribute that has more values on a side tells none of them there. */
  constructor(valuesMax: number) {
    this.#sides = {
      baseline: new SideCounts(valuesMax, this.#kept),
      selection: new SideCounts(valuesMax, this.#kept),
    };
  }

  add(side: ComparedSide, trace: TraceSpans, index: number, bucket: number): void {
    this.#sides[side].add(trace, index, bucket);
  }

  /** What is told of both sides: so many values of each attribute that are most frequent on either. */
  told(topN: number): SpanComparison['sides'] {
    const told = new Map<string, Set<Scalar>>();
    for (const side of COMPARED_SIDES) {
      for (const [name, value] of this.#sides[side].top(topN)) {
        told.set(name, (told.get(name) ?? new Set()).add(value));
      }
    }
    return { baseline: this.#sides.baseline.told(told), selection: this.#sides.selection.told(told) };
  }
}

/** By attribute the values that are told, of both sides alike. What a side does not tell of these, it does not have. */
type ToldValues = ReadonlyMap<string, ReadonlySet<Scalar>>;

/** What the spans of one side have. */
class SideCounts {
  readonly #valuesMax: number;
  readonly #kept: KeptComparison;
  readonly #attributes = new Map<string, AttributeCounts>();
  /** The same by path within a scope: names need not be put together for every span. */
  readonly #byPath = { '': new Map(), 'span.': new Map(), 'resource.': new Map() } as Readonly<
    Record<FieldScope, Map<string, AttributeCounts>>
  >;

  constructor(valuesMax: number, kept: KeptComparison) {
    this.#valuesMax = valuesMax;
    this.#kept = kept;
  }

  add(trace: TraceSpans, index: number, bucket: number): void {
    let count = 0;
    eachField(trace.at(index), (scope, path, value) => {
      count += 1;
      const known = this.#byPath[scope].get(path) ?? this.#attribute(scope, path);
      known.add(value, bucket);
    });
    trace.work.spend(count);
  }

  /** The most frequent values of each attribute, with its name. */
  top(count: number): (readonly [string, Scalar])[] {
    return [...this.#attributes].flatMap(([name, attribute]) =>
      attribute.top(count).map((value) => [name, value] as const),
    );
  }

  told(told: ToldValues): ReadonlyMap<string, ComparedAttribute> {
    return new Map([...this.#attributes].map(([name, attribute]) => [name, attribute.told(told.get(name) ?? [])]));
  }

  #attribute(scope: FieldScope, path: string): AttributeCounts {
    if (this.#attributes.size === COMPARED_ATTRIBUTES_MAX) {
      throw tooManyComparedAttributes();
    }
    const name = scope + path;
    this.#kept.add('characters', name.length);
    const attribute = new AttributeCounts(this.#valuesMax, this.#kept);
    this.#byPath[scope].set(path, attribute);
    this.#attributes.set(name, attribute);
    return attribute;
  }
}

/** Spans by bucket. */
class Counts {
  readonly #buckets = new Map<number, { spans: number }>();
  #latest = { bucket: -1, at: { spans: 0 } };
  count = 0;

  add(bucket: number, kept: KeptComparison): void {
    this.count += 1;
    // Spans mostly come in order of time.
    if (bucket !== this.#latest.bucket) {
      this.#latest = { bucket, at: this.#at(bucket, kept) };
    }
    this.#latest.at.spans += 1;
  }

  get bucketCount(): number {
    return this.#buckets.size;
  }

  get buckets(): BucketCounts {
    return new Map([...this.#buckets].map(([bucket, { spans }]) => [bucket, spans]));
  }

  #at(bucket: number, kept: KeptComparison): { spans: number } {
    const known = this.#buckets.get(bucket) ?? { spans: 0 };
    if (known.spans === 0) {
      kept.add('buckets', 1);
      this.#buckets.set(bucket, known);
    }
    return known;
  }
}

/** Values of one attribute, and in how many spans. */
class AttributeCounts {
  readonly #total = new Counts();
  readonly #valuesMax: number;
  readonly #kept: KeptComparison;
  readonly #values = new Map<Scalar, Counts>();
  #isTooMany = false;

  constructor(valuesMax: number, kept: KeptComparison) {
    this.#valuesMax = valuesMax;
    this.#kept = kept;
  }

  add(value: Scalar, bucket: number): void {
    this.#total.add(bucket, this.#kept);
    if (this.#isTooMany) {
      return;
    }
    let counts = this.#values.get(value);
    if (counts === undefined) {
      if (this.#values.size === this.#valuesMax) {
        this.#forget();
        return;
      }
      this.#kept.add('values', 1);
      this.#kept.add('characters', lengthOf(value));
      counts = new Counts();
      this.#values.set(value, counts);
    }
    counts.add(bucket, this.#kept);
  }

  /** The most frequent ones. */
  top(count: number): Scalar[] {
    return mostFrequentValues(
      [...this.#values].map(([value, counts]) => [value, counts.count] as const),
      count,
    );
  }

  told(values: Iterable<Scalar>): ComparedAttribute {
    const own = new Map<Scalar, BucketCounts>();
    for (const value of values) {
      const counts = this.#values.get(value);
      if (counts !== undefined) {
        own.set(value, counts.buckets);
      }
    }
    return { total: this.#total.buckets, values: own, hasMore: this.#isTooMany || this.#values.size > own.size };
  }

  #forget(): void {
    this.#isTooMany = true;
    for (const [value, { bucketCount }] of this.#values) {
      this.#kept.add('values', -1);
      this.#kept.add('characters', -lengthOf(value));
      this.#kept.add('buckets', -bucketCount);
    }
    this.#values.clear();
  }
}

function lengthOf(value: Scalar): number {
  return typeof value === 'string' ? value.length : 1;
}

type FieldScope = '' | 'span.' | 'resource.';
type OnField = (scope: FieldScope, path: string, value: Scalar) => void;

/** What of a span is compared: its attributes and its resource's, and what every span has that is not a number of its own. */
function eachField(span: FetchedSpan, onField: OnField): void {
  onField('', 'name', span.name);
  onField('', 'kind', span.kind);
  onField('', 'status', span.status);
  if (span.statusMessage !== '') {
    onField('', 'statusMessage', span.statusMessage);
  }
  eachOf('span.', span.attributes, onField);
  eachOf('resource.', span.resource, onField);
  if (span.resource?.['service.name'] === undefined) {
    onField('resource.', 'service.name', span.service);
  }
}

function eachOf(scope: FieldScope, attributes: JsonObject | undefined, onField: OnField): void {
  eachAttribute(attributes ?? {}, (path, value) => {
    const scalar = firstScalar(value);
    if (scalar !== undefined) {
      onField(scope, path, scalar);
    }
  });
}
