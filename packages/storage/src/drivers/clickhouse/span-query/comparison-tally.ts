import {
  type BucketCounts,
  COMPARED_ATTRIBUTES_MAX,
  COMPARED_SIDES,
  type ComparedAttribute,
  type ComparedSide,
  KeptComparison,
  mostFrequentValues,
  type SpanComparison,
  type SpanComparisonQuery,
  type SpanFieldValue,
  tooManyComparedAttributes,
} from '@aegisguard/model';

type Bounds = Pick<SpanComparisonQuery, 'valuesMax' | 'topN'>;

/** Puts together what statements tell of both sides: first totals and values, then, of values that are told, buckets. Throws `query-too-large` when that is more than a comparison keeps. */
export class ComparisonTally {
  readonly #bounds: Bounds;
  readonly #kept = new KeptComparison();
  readonly #sides = { baseline: new SideTally(this.#kept), selection: new SideTally(this.#kept) } as const;
  readonly #told = new Map<string, Set<SpanFieldValue>>();

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** Spans that have an attribute; a negative number takes them away again. */
  addTotal(side: ComparedSide, name: string, bucket: number, spans: number): void {
    this.#addCount(this.#sides[side].attribute(name).total, bucket, spans);
  }

  /** An attribute has more values on a side than are told. */
  setTooMany(side: ComparedSide, name: string): void {
    const attribute = this.#sides[side].attribute(name);
    for (const value of attribute.values?.keys() ?? []) {
      this.#kept.add('values', -1);
      this.#kept.add('characters', -lengthOf(value));
    }
    attribute.values = undefined;
  }

  addValue(side: ComparedSide, name: string, value: SpanFieldValue, spans: number): void {
    const { values } = this.#sides[side].attribute(name);
    if (values === undefined) {
      return;
    }
    const known = values.get(value);
    if (known === undefined) {
      this.#kept.add('values', 1);
      this.#kept.add('characters', lengthOf(value));
    }
    values.set(value, (known ?? 0) + spans);
    if (values.size > this.#bounds.valuesMax) {
      this.setTooMany(side, name);
    }
  }

  /** Whether some value of the attribute may be told. */
  isCounted(side: ComparedSide, name: string): boolean {
    return this.#sides[side].attribute(name).values !== undefined;
  }

  /** All values are known: which of them are told? */
  choose(): void {
    for (const side of COMPARED_SIDES) {
      for (const [name, { values }] of this.#sides[side].attributes) {
        const told = this.#told.get(name) ?? new Set();
        this.#told.set(name, told);
        for (const value of mostFrequentValues(values ?? [], this.#bounds.topN)) {
          told.add(value);
        }
      }
    }
  }

  /** Values that are told, of each side. */
  get toldCount(): number {
    return COMPARED_SIDES.flatMap((side) => [...this.#sides[side].attributes]).reduce(
      (sum, [name, { values }]) => sum + [...(this.#told.get(name) ?? [])].filter((value) => values?.has(value)).length,
      0,
    );
  }

  isTold(name: string, value: SpanFieldValue): boolean {
    return this.#told.get(name)?.has(value) === true;
  }

  /** Where the value is told. */
  addBucket(side: ComparedSide, name: string, value: SpanFieldValue, bucket: number, spans: number): void {
    if (!this.isTold(name, value)) {
      return;
    }
    const { buckets } = this.#sides[side].attribute(name);
    const own = buckets.get(value) ?? new Map<number, number>();
    this.#addCount(own, bucket, spans);
    buckets.set(value, own);
  }

  sides(): SpanComparison['sides'] {
    return { baseline: this.#sides.baseline.told(), selection: this.#sides.selection.told() };
  }

  #addCount(counts: Map<number, number>, bucket: number, spans: number): void {
    const known = counts.get(bucket);
    if (known === undefined) {
      this.#kept.add('buckets', 1);
    }
    counts.set(bucket, (known ?? 0) + spans);
  }
}

interface AttributeTally {
  readonly total: Map<number, number>;
  /** Undefined: too many. */
  values: Map<SpanFieldValue, number> | undefined;
  /** Of values that are told. */
  readonly buckets: Map<SpanFieldValue, Map<number, number>>;
}

class SideTally {
  readonly attributes = new Map<string, AttributeTally>();
  readonly #kept: KeptComparison;

  constructor(kept: KeptComparison) {
    this.#kept = kept;
  }

  attribute(name: string): AttributeTally {
    const known = this.attributes.get(name);
    if (known !== undefined) {
      return known;
    }
    if (this.attributes.size === COMPARED_ATTRIBUTES_MAX) {
      throw tooManyComparedAttributes();
    }
    this.#kept.add('characters', name.length);
    const attribute: AttributeTally = { total: new Map(), values: new Map(), buckets: new Map() };
    this.attributes.set(name, attribute);
    return attribute;
  }

  told(): ReadonlyMap<string, ComparedAttribute> {
    return new Map(
      [...this.attributes].flatMap(([name, { total, values, buckets }]) => {
        const all = withoutNone(total);
        if (all.size === 0) {
          return [];
        }
        const own = new Map<SpanFieldValue, BucketCounts>(values === undefined ? [] : buckets);
        return [[name, { total: all, values: own, hasMore: values === undefined || values.size > own.size }]];
      }),
    );
  }
}

function lengthOf(value: SpanFieldValue): number {
  return typeof value === 'string' ? value.length : 1;
}

function withoutNone(counts: BucketCounts): BucketCounts {
  return new Map([...counts].filter(([, spans]) => spans > 0));
}
