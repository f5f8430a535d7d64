import type { JsonObject, SpanNameCount, SpanQueryReader } from '@aegisguard/model';
import { shapeAttributes } from './attribute-survey.ts';
import { type JsonAttribute, jsonAttributes } from './json-attributes.ts';
import { askLatest, type LatestSpans } from './latest-spans.ts';
import { typeOfKind } from './shape-attributes.ts';
import type { SpanReading } from './span-reading.ts';

type Asked = Parameters<SpanQueryReader['attributeNames']>[1];

const SHAPES_MAX = 2_000;
/** Spans whose events and links are looked into. */
const NESTED_MAX = 1_000;
/** Names are bounded by what was read; who asks wants no more than these. */
const NAMES_MAX = 10_000;

/** Names of the latest spans' attributes. */
export async function attributeNames(
  reading: SpanReading,
  asked: Asked,
): Promise<Awaited<ReturnType<SpanQueryReader['attributeNames']>>> {
  const names = await askLatest(reading, asked, [], async ({ from }) => {
    const counts = new NameCounts();
    await countShapes(reading, from, counts);
    await countNested(reading, from, counts);
    return counts.sorted();
  });
  return { names: names.slice(0, NAMES_MAX), stats: reading.stats };
}

async function countShapes(reading: SpanReading, from: LatestSpans['from'], counts: NameCounts): Promise<void> {
  const shapes = await reading.rows(
    `SELECT attribute_shape, toString(cityHash64(attribute_shape)), count() AS n ${from} GROUP BY attribute_shape ORDER BY n DESC LIMIT ${SHAPES_MAX}`,
  );
  for (const [text, hash, count] of shapes) {
    // The same name may be a key and keys within one another.
    const own = new Map<string, Omit<SpanNameCount, 'count'>>();
    for (const { scope, name, kind } of shapeAttributes(String(text), String(hash)).all()) {
      const type = typeOfKind(kind) ?? 'string';
      own.set(`${scope} ${type} ${name}`, { scope, name, type });
    }
    for (const { scope, name, type } of own.values()) {
      counts.add(scope, name, type, Number(count));
    }
  }
}

async function countNested(reading: SpanReading, from: LatestSpans['from'], counts: NameCounts): Promise<void> {
  for (const scope of ['event', 'link'] as const) {
    const column = `${scope}s.attributes`;
    const rows = await reading.rows(
      `SELECT arrayDistinct(${column}) ${from} AND arrayExists(json -> json != '{}', ${column}) LIMIT ${NESTED_MAX}`,
    );
    for (const [texts] of rows) {
      const own = new Map<string, JsonAttribute>();
      for (const text of texts as readonly string[]) {
        for (const attribute of jsonAttributes(JSON.parse(text) as JsonObject)) {
          own.set(`${attribute.type} ${attribute.name}`, attribute);
        }
      }
      for (const { name, type } of own.values()) {
        counts.add(scope, name, type, 1);
      }
    }
  }
}

class NameCounts {
  readonly #counts = new Map<string, SpanNameCount>();

  add(scope: SpanNameCount['scope'], name: string, type: SpanNameCount['type'], count: number): void {
    const key = `${scope} ${type} ${name}`;
    this.#counts.set(key, { scope, name, type, count: count + (this.#counts.get(key)?.count ?? 0) });
  }

  /** The most frequent first. */
  sorted(): readonly SpanNameCount[] {
    return [...this.#counts.values()].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  }
}
