import {
  type ComparedAttribute,
  type ComparedSide,
  type JsonObject,
  type JsonValue,
  mostFrequentValues,
  type SpanComparison,
  type SpanComparisonQuery,
  type SpanFieldValue,
  type SpanRecord,
} from '@aegisguard/model';

/** A value with the buckets of the spans that have it, one for each. */
type Values = Map<SpanFieldValue, number[]>;

/** What spans of both sides have, looked at one by one. */
export function referenceComparison(
  { start, step, valuesMax, topN }: SpanComparisonQuery,
  spans: Readonly<Record<ComparedSide, readonly SpanRecord[]>>,
): SpanComparison['sides'] {
  const all = new Map<string, Record<ComparedSide, Values>>();
  for (const side of ['baseline', 'selection'] as const) {
    for (const span of spans[side]) {
      for (const [name, value] of valuesOf(span)) {
        const ofName = all.get(name) ?? { baseline: new Map(), selection: new Map() };
        all.set(name, ofName);
        const bucket = Number((span.startTime - start) / step);
        ofName[side].set(value, [...(ofName[side].get(value) ?? []), bucket]);
      }
    }
  }
  const sides = { baseline: new Map<string, ComparedAttribute>(), selection: new Map<string, ComparedAttribute>() };
  for (const [name, ofName] of all) {
    const known = (side: ComparedSide): Values => (ofName[side].size > valuesMax ? new Map() : ofName[side]);
    const frequent = (side: ComparedSide) =>
      mostFrequentValues(
        [...known(side)].map(([value, own]) => [value, own.length] as const),
        topN,
      );
    const told = new Set([...frequent('baseline'), ...frequent('selection')]);
    for (const side of ['baseline', 'selection'] as const) {
      if (ofName[side].size > 0) {
        const own = [...known(side)].filter(([value]) => told.has(value));
        sides[side].set(name, {
          total: countsOf([...ofName[side].values()].flat()),
          values: new Map(own.map(([value, buckets]) => [value, countsOf(buckets)])),
          hasMore: own.length < ofName[side].size,
        });
      }
    }
  }
  return sides;
}

function countsOf(buckets: readonly number[]): ReadonlyMap<number, number> {
  return new Map([...Map.groupBy(buckets, (bucket) => bucket)].map(([bucket, own]) => [bucket, own.length]));
}

function* valuesOf(span: SpanRecord): Generator<readonly [string, SpanFieldValue]> {
  yield ['name', span.name];
  yield ['kind', span.kind];
  yield ['status', span.status];
  if (span.statusMessage !== '') {
    yield ['statusMessage', span.statusMessage];
  }
  yield* leavesOf(span.attributes, 'span.');
  yield* leavesOf(span.resource, 'resource.');
  if (!Object.hasOwn(span.resource, 'service.name')) {
    yield ['resource.service.name', span.service];
  }
}

function* leavesOf(object: JsonObject, prefix: string): Generator<readonly [string, SpanFieldValue]> {
  for (const [key, member] of Object.entries(object)) {
    if (typeof member === 'object' && member !== null && !Array.isArray(member)) {
      yield* leavesOf(member, `${prefix}${key}.`);
    } else {
      const first = (Array.isArray(member) ? member : [member]).find(isScalar);
      if (first !== undefined) {
        yield [prefix + key, first];
      }
    }
  }
}

function isScalar(value: JsonValue): value is string | number | boolean {
  return value !== null && typeof value !== 'object';
}
