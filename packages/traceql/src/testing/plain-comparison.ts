import type {
  ComparedAttribute,
  FetchedSpan,
  JsonObject,
  JsonValue,
  SpanComparison,
  SpanComparisonQuery,
  SpanFieldValue,
} from '@aegisguard/model';

/** What a span has under a name. */
interface Fact {
  readonly name: string;
  readonly value: SpanFieldValue;
  readonly bucket: number;
}

/** Compares spans in the plainest way: the contract of `SpanComparison`. */
export function plainComparison(
  { start, step, valuesMax, topN }: SpanComparisonQuery,
  baseline: readonly FetchedSpan[],
  selection: readonly FetchedSpan[],
): SpanComparison['sides'] {
  const factsOf = (spans: readonly FetchedSpan[]) =>
    Map.groupBy(
      spans.flatMap((span): Fact[] =>
        namedValues(span).map(([name, value]) => ({ name, value, bucket: Number((span.startTime - start) / step) })),
      ),
      ({ name }) => name,
    );
  const sides = { baseline: factsOf(baseline), selection: factsOf(selection) };
  const told = new Map(
    [...new Set([...sides.baseline.keys(), ...sides.selection.keys()])].map((name) => [
      name,
      new Set([sides.baseline, sides.selection].flatMap((side) => top(side.get(name) ?? [], valuesMax).slice(0, topN))),
    ]),
  );
  const sideOf = (facts: ReadonlyMap<string, readonly Fact[]>) =>
    new Map([...facts].map(([name, own]) => [name, attributeOf(own, told.get(name) ?? new Set(), valuesMax)]));
  return { baseline: sideOf(sides.baseline), selection: sideOf(sides.selection) };
}

function attributeOf(facts: readonly Fact[], told: ReadonlySet<SpanFieldValue>, valuesMax: number): ComparedAttribute {
  const all = top(facts, valuesMax);
  const own = all.filter((value) => told.has(value));
  return {
    total: byBucket(facts),
    values: new Map(own.map((value) => [value, byBucket(facts.filter((fact) => fact.value === value))])),
    hasMore: all.length === 0 || own.length < all.length,
  };
}

function byBucket(facts: readonly Fact[]): ReadonlyMap<number, number> {
  return new Map([...Map.groupBy(facts, ({ bucket }) => bucket)].map(([bucket, own]) => [bucket, own.length]));
}

/** Values, the most frequent first; none where they are too many. */
function top(facts: readonly Fact[], valuesMax: number): readonly SpanFieldValue[] {
  const counts = [...Map.groupBy(facts, ({ value }) => value)].map(([value, own]) => ({
    value,
    count: own.length,
    text: `${value}\0${typeof value}`,
  }));
  return counts.length > valuesMax
    ? []
    : counts.sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1)).map(({ value }) => value);
}

function namedValues(span: FetchedSpan): (readonly [string, SpanFieldValue])[] {
  const { name, kind, status, statusMessage, service, attributes = {}, resource = {} } = span;
  return [
    ['name', name],
    ['kind', kind],
    ['status', status],
    ...(statusMessage === '' ? [] : [['statusMessage', statusMessage] as const]),
    ...membersOf(attributes, 'span.'),
    ...membersOf(resource, 'resource.'),
    ...(Object.hasOwn(resource, 'service.name') ? [] : [['resource.service.name', service] as const]),
  ];
}

function membersOf(object: JsonObject, prefix: string): (readonly [string, SpanFieldValue])[] {
  return Object.entries(object).flatMap(([key, member]) => {
    if (typeof member === 'object' && member !== null && !Array.isArray(member)) {
      return membersOf(member, `${prefix}${key}.`);
    }
    const [first] = (Array.isArray(member) ? member : [member]).filter(isScalar);
    return first === undefined ? [] : [[prefix + key, first] as const];
  });
}

function isScalar(value: JsonValue): value is string | number | boolean {
  return value !== null && typeof value !== 'object';
}
