import { AegisError, type FetchedSpan, type JsonObject } from '@aegisguard/model';
import { compileTest } from '../evaluate/compile-expression.ts';
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

type Side = 'baseline' | 'selection';
const SIDES: readonly Side[] = ['baseline', 'selection'];

/** Splits spans into those of a selection and the others, and counts both by what they have. https://grafana.com/docs/tempo/latest/metrics-from-traces/metrics-queries/functions/ */
export async function compareSpans(
  source: SpanSource,
  aggregate: Extract<MetricsAggregate, { kind: 'compare' }>,
  grid: MetricsGrid,
): Promise<readonly MetricsSeries[]> {
  const { selection, topN, start, end } = aggregate;
  const test = selection.condition === undefined ? () => true : compileTest(selection.condition);
  const sides = { baseline: new ComparedSide(grid), selection: new ComparedSide(grid) };
  await source.each((trace, index) => {
    const { startTime } = trace.at(index);
    const isSelected =
      (start === undefined || startTime >= start) && (end === undefined || startTime < end) && test(trace, index);
    sides[isSelected ? 'selection' : 'baseline'].add(trace, index);
  });
  return SIDES.flatMap((side) => sides[side].series(side, topN));
}

/** What the spans of one side have. */
class ComparedSide {
  readonly #grid: MetricsGrid;
  readonly #attributes = new Map<string, AttributeCounts>();

  constructor(grid: MetricsGrid) {
    this.#grid = grid;
  }

  add(trace: TraceSpans, index: number): void {
    const span = trace.at(index);
    const bucket = this.#grid.bucketOf(span.startTime);
    for (const [name, value] of fieldsOf(span)) {
      this.#attribute(name).add(value, bucket);
    }
  }

  series(side: Side, topN: number): MetricsSeries[] {
    const type: SeriesLabel = { name: '__meta_type', value: side };
    const total: SeriesLabel = { name: '__meta_type', value: `${side}_total` };
    const tooMany: SeriesLabel = { name: '__meta_error', value: '__too_many_values__' };
    const series = [...this.#attributes].flatMap(([name, attribute]) => {
      const told = attribute.top(topN).map(([value, counts]) => this.#series([type, { name, value }], counts));
      const field: SeriesLabel = { name, value: undefined };
      const all = this.#series([total, field], attribute.total);
      return attribute.size > topN
        ? [...told, all, this.#series([tooMany, type, field], attribute.total)]
        : [...told, all];
    });
    this.#grid.checkSeries(series.length);
    return series;
  }

  #series(labels: readonly SeriesLabel[], { buckets }: Counts): MetricsSeries {
    const values = new Float64Array(this.#grid.bucketCount);
    for (const [bucket, count] of buckets) {
      values[bucket] = count;
    }
    return { labels, values, exemplars: [] };
  }

  #attribute(name: string): AttributeCounts {
    let attribute = this.#attributes.get(name);
    if (attribute === undefined) {
      if (this.#attributes.size === ATTRIBUTES_MAX) {
        throw new AegisError('query-too-large', { detail: `The spans have more than ${ATTRIBUTES_MAX} attributes.` });
      }
      attribute = new AttributeCounts();
      this.#attributes.set(name, attribute);
    }
    return attribute;
  }
}

/** Spans by bucket. */
class Counts {
  readonly buckets = new Map<number, number>();
  count = 0;

  add(bucket: number): void {
    this.count += 1;
    this.buckets.set(bucket, (this.buckets.get(bucket) ?? 0) + 1);
  }
}

/** Values of one attribute, and in how many spans. */
class AttributeCounts {
  readonly total = new Counts();
  readonly #values = new Map<Scalar, Counts>();
  #isTooMany = false;

  get size(): number {
    return this.#isTooMany ? Number.POSITIVE_INFINITY : this.#values.size;
  }

  add(value: Scalar, bucket: number): void {
    this.total.add(bucket);
    if (this.#isTooMany) {
      return;
    }
    let counts = this.#values.get(value);
    if (counts === undefined) {
      if (this.#values.size === VALUES_MAX) {
        this.#isTooMany = true;
        this.#values.clear();
        return;
      }
      counts = new Counts();
      this.#values.set(value, counts);
    }
    counts.add(bucket);
  }

  /** The most frequent ones. */
  top(count: number): [Scalar, Counts][] {
    return [...this.#values]
      .sort(([a, one], [b, other]) => other.count - one.count || (String(a) < String(b) ? -1 : 1))
      .slice(0, count);
  }
}

/** What of a span is compared: its attributes and its resource's, and what every span has that is not a number of its own. */
function fieldsOf(span: FetchedSpan): [string, Scalar][] {
  const fields: [string, Scalar][] = [
    ['name', span.name],
    ['kind', span.kind],
    ['status', span.status],
  ];
  if (span.statusMessage !== '') {
    fields.push(['statusMessage', span.statusMessage]);
  }
  addFields(fields, 'span.', span.attributes);
  addFields(fields, 'resource.', span.resource);
  if (span.resource?.['service.name'] === undefined) {
    fields.push(['resource.service.name', span.service]);
  }
  return fields;
}

function addFields(fields: [string, Scalar][], prefix: string, attributes: JsonObject | undefined): void {
  eachAttribute(attributes ?? {}, (path, value) => {
    const scalar = firstScalar(value);
    if (scalar !== undefined) {
      fields.push([prefix + path, scalar]);
    }
  });
}
