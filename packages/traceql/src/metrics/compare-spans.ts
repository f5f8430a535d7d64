import { AegisError, type FetchedSpan, type JsonObject } from '@aegisguard/model';
import { compileCondition } from '../evaluate/compile-condition.ts';
import { eachAttribute } from '../evaluate/read-attribute.ts';
import type { TraceSpans } from '../evaluate/trace-spans.ts';
import { firstScalar, type Scalar } from '../evaluate/value.ts';
import type { MetricsAggregate } from '../syntax/ast/trace-query.ts';
import type { MetricsGrid } from './metrics-grid.ts';
import type { MetricsSeries, SeriesLabel } from './metrics-series.ts';
import type { SpanSource } from './span-source.ts';

/** An attribute with more values than this is said to have too many, and none of them is told. */
const VALUES_MAX = 2_000;
const ATTRIBUTES_MAX = 2_000;
/** What both sides keep while they are counted: values that differ, the characters of these and of the names, and counts of single buckets. */
const KEPT_MAX = { values: 200_000, characters: 16_000_000, buckets: 2_000_000 } as const;

type Side = 'baseline' | 'selection';
const SIDES: readonly Side[] = ['baseline', 'selection'];

/** Splits spans into those of a selection and the others, and counts both by what they have. https://grafana.com/docs/tempo/latest/metrics-from-traces/metrics-queries/functions/ */
export async function compareSpans(
  source: SpanSource,
  aggregate: Extract<MetricsAggregate, { kind: 'compare' }>,
  grid: MetricsGrid,
): Promise<readonly MetricsSeries[]> {
  const { selection, topN, start, end } = aggregate;
  const test = selection.condition === undefined ? () => true : compileCondition(selection.condition);
  const kept = new KeptCounts();
  const sides = { baseline: new ComparedSide(grid, kept), selection: new ComparedSide(grid, kept) };
  await source.each((trace, index) => {
    const { startTime } = trace.at(index);
    const isSelected =
      (start === undefined || startTime >= start) && (end === undefined || startTime < end) && test(trace, index);
    sides[isSelected ? 'selection' : 'baseline'].add(trace, index);
  });
  const told = toldValues(Object.values(sides), topN);
  grid.checkSeries(SIDES.reduce((sum, side) => sum + sides[side].seriesCount(told), 0));
  return SIDES.flatMap((side) => sides[side].series(side, told));
}

/** By attribute the values that are told, of both sides alike: the most frequent of either. What a side does not tell of these, it does not have. */
type ToldValues = ReadonlyMap<string, ReadonlySet<Scalar>>;

function toldValues(sides: readonly ComparedSide[], topN: number): ToldValues {
  const told = new Map<string, Set<Scalar>>();
  for (const side of sides) {
    for (const [name, value] of side.top(topN)) {
      told.set(name, (told.get(name) ?? new Set()).add(value));
    }
  }
  return told;
}

const NONE_TOLD: ReadonlySet<Scalar> = new Set();

/** How much is kept of both sides together. Throws `query-too-large` when it is too much. */
class KeptCounts {
  readonly #kept = { values: 0, characters: 0, buckets: 0 };

  add(what: keyof typeof KEPT_MAX, count: number): void {
    this.#kept[what] += count;
    if (this.#kept[what] > KEPT_MAX[what]) {
      throw new AegisError('query-too-large', {
        detail: 'The spans have too many different values to be compared: ask for fewer spans, or a wider step.',
      });
    }
  }
}

/** What the spans of one side have. */
class ComparedSide {
  readonly #grid: MetricsGrid;
  readonly #kept: KeptCounts;
  readonly #attributes = new Map<string, AttributeCounts>();
  /** The same by path within a scope: names need not be put together for every span. */
  readonly #byPath = { '': new Map(), 'span.': new Map(), 'resource.': new Map() } as Readonly<
    Record<FieldScope, Map<string, AttributeCounts>>
  >;

  constructor(grid: MetricsGrid, kept: KeptCounts) {
    this.#grid = grid;
    this.#kept = kept;
  }

  add(trace: TraceSpans, index: number): void {
    const span = trace.at(index);
    const bucket = this.#grid.bucketOf(span.startTime);
    let count = 0;
    eachField(span, (scope, path, value) => {
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

  /** How many series it would be: the values told, their total, and what says that there are more. */
  seriesCount(told: ToldValues): number {
    let count = 0;
    for (const [name, attribute] of this.#attributes) {
      const { length } = attribute.countsOf(told.get(name) ?? NONE_TOLD);
      count += length + (attribute.size > length ? 2 : 1);
    }
    return count;
  }

  series(side: Side, told: ToldValues): MetricsSeries[] {
    const type: SeriesLabel = { name: '__meta_type', value: side };
    const total: SeriesLabel = { name: '__meta_type', value: `${side}_total` };
    const tooMany: SeriesLabel = { name: '__meta_error', value: '__too_many_values__' };
    return [...this.#attributes].flatMap(([name, attribute]) => {
      const counted = attribute.countsOf(told.get(name) ?? NONE_TOLD);
      const values = counted.map(([value, counts]) => this.#series([type, { name, value }], counts));
      const field: SeriesLabel = { name, value: undefined };
      const all = this.#series([total, field], attribute.total);
      return attribute.size > counted.length
        ? [...values, all, this.#series([tooMany, type, field], attribute.total)]
        : [...values, all];
    });
  }

  #series(labels: readonly SeriesLabel[], { buckets }: Counts): MetricsSeries {
    const values = new Float64Array(this.#grid.bucketCount);
    for (const [bucket, { spans }] of buckets) {
      values[bucket] = spans;
    }
    return { labels, values, exemplars: [] };
  }

  #attribute(scope: FieldScope, path: string): AttributeCounts {
    if (this.#attributes.size === ATTRIBUTES_MAX) {
      throw new AegisError('query-too-large', { detail: `The spans have more than ${ATTRIBUTES_MAX} attributes.` });
    }
    const name = scope + path;
    this.#kept.add('characters', name.length);
    const attribute = new AttributeCounts(this.#kept);
    this.#byPath[scope].set(path, attribute);
    this.#attributes.set(name, attribute);
    return attribute;
  }
}

/** Spans by bucket. */
class Counts {
  readonly buckets = new Map<number, { spans: number }>();
  #latest = { bucket: -1, at: { spans: 0 } };
  count = 0;

  add(bucket: number, kept: KeptCounts): void {
    this.count += 1;
    // Spans mostly come in order of time.
    if (bucket !== this.#latest.bucket) {
      this.#latest = { bucket, at: this.#at(bucket, kept) };
    }
    this.#latest.at.spans += 1;
  }

  #at(bucket: number, kept: KeptCounts): { spans: number } {
    const known = this.buckets.get(bucket) ?? { spans: 0 };
    if (known.spans === 0) {
      kept.add('buckets', 1);
      this.buckets.set(bucket, known);
    }
    return known;
  }
}

/** Values of one attribute, and in how many spans. */
class AttributeCounts {
  readonly total = new Counts();
  readonly #kept: KeptCounts;
  readonly #values = new Map<Scalar, Counts>();
  #isTooMany = false;

  constructor(kept: KeptCounts) {
    this.#kept = kept;
  }

  get size(): number {
    return this.#isTooMany ? Number.POSITIVE_INFINITY : this.#values.size;
  }

  add(value: Scalar, bucket: number): void {
    this.total.add(bucket, this.#kept);
    if (this.#isTooMany) {
      return;
    }
    let counts = this.#values.get(value);
    if (counts === undefined) {
      if (this.#values.size === VALUES_MAX) {
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

  #forget(): void {
    this.#isTooMany = true;
    for (const [value, { buckets }] of this.#values) {
      this.#kept.add('values', -1);
      this.#kept.add('characters', -lengthOf(value));
      this.#kept.add('buckets', -buckets.size);
    }
    this.#values.clear();
  }

  /** The most frequent ones. */
  top(count: number): Scalar[] {
    return [...this.#values]
      .sort(([a, one], [b, other]) => other.count - one.count || (String(a) < String(b) ? -1 : 1))
      .slice(0, count)
      .map(([value]) => value);
  }

  /** Of these values, those that there are. */
  countsOf(values: ReadonlySet<Scalar>): (readonly [Scalar, Counts])[] {
    return [...values].flatMap((value) => {
      const counts = this.#values.get(value);
      return counts === undefined ? [] : [[value, counts] as const];
    });
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
