import {
  type BucketCounts,
  COMPARED_SIDES,
  type ComparedAttribute,
  type ComparedSide,
  mostFrequentValues,
  type SpanComparison,
  type SpanComparisonQuery,
  type SpanFieldValue,
} from '@aegisguard/model';

type Bounds = Pick<SpanComparisonQuery, 'valuesMax' | 'topN'>;

/** Puts together what statements tell of both sides: first totals and values, then, of values that are told, buckets. */
export class ComparisonTally {
  readonly #bounds: Bounds;
  readonly #sides = { baseline: new SideTally(), selection: new SideTally() } as const;
  readonly #told = new Map<string, Set<SpanFieldValue>>();

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** Spans that have an attribute; a negative number takes them away again. */
  addTotal(side: ComparedSide, name: string, bucket: number, spans: number): void {
    const totals = this.#sides[side].attribute(name).total;
    totals.set(bucket, (totals.get(bucket) ?? 0) + spans);
  }

  /** An attribute has more values on a side than are told. */
  setTooMany(side: ComparedSide, name: string): void {
    this.#sides[side].attribute(name).values = undefined;
  }

  addValue(side: ComparedSide, name: string, value: SpanFieldValue, spans: number): void {
    const attribute = this.#sides[side].attribute(name);
    attribute.values?.set(value, (attribute.values.get(value) ?? 0) + spans);
    if (attribute.values !== undefined && attribute.values.size > this.#bounds.valuesMax) {
      attribute.values = undefined;
    }
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
    own.set(bucket, (own.get(bucket) ?? 0) + spans);
    buckets.set(value, own);
  }

  sides(): SpanComparison['sides'] {
    return { baseline: this.#sides.baseline.told(), selection: this.#sides.selection.told() };
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

  attribute(name: string): AttributeTally {
    const known = this.attributes.get(name) ?? { total: new Map(), values: new Map(), buckets: new Map() };
    this.attributes.set(name, known);
    return known;
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

function withoutNone(counts: BucketCounts): BucketCounts {
  return new Map([...counts].filter(([, spans]) => spans > 0));
}
