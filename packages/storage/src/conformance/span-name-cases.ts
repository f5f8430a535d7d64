import type {
  JsonObject,
  OrgId,
  SpanCondition,
  SpanField,
  SpanFieldValue,
  SpanNameCount,
  SpanRecord,
} from '@aegisguard/model';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readField } from './span-condition-reference.ts';
import { sampleTraces, spanField } from './span-query-samples.ts';
import { insertSpans, spanBatch } from './span-under-test.ts';
import { at, newOrg, patient, type StorageUnderTest, shareOf } from './storage-under-test.ts';

const WHOLE = { start: at(-80_000), end: at(80_000) };
const EVERYTHING: SpanCondition = { kind: 'everything' };
const ALL = 10_000;

/** Names of attributes and values of fields, where there are so few spans that all are looked at. */
export function spanNameCases(store: StorageUnderTest): void {
  describe('what spans have', () => {
    let org: OrgId;
    let stored: readonly SpanRecord[];

    beforeAll(async () => {
      org = newOrg();
      const batch = spanBatch(sampleTraces(60, 12));
      await insertSpans(store, org, batch, spanBatch([]));
      await insertSpans(store, newOrg(), spanBatch([{ attributes: { theirs: 1 } }]));
      stored = batch.records;
    });

    it('is told by name, scope and type, most frequent first', async () => {
      const { names } = await store.driver().spans.attributeNames(org, { ...WHOLE, condition: EVERYTHING }, patient());
      const counts = names.map(({ count }) => count);
      expect(counts).toEqual(counts.toSorted((a, b) => b - a));
      const keyed = (given: readonly SpanNameCount[]) => given.map((one) => JSON.stringify(one)).sort();
      expect(keyed(names)).toEqual(keyed(referenceNames(stored)));
    });

    it('is told of the spans that meet a condition alone', async () => {
      const condition: SpanCondition = {
        kind: 'compare',
        field: { kind: 'attribute', scope: 'resource', name: 'service.name' },
        op: '=',
        value: 'cart',
      };
      const { names } = await store.driver().spans.attributeNames(org, { ...WHOLE, condition }, patient());
      const own = referenceNames(stored.filter(({ service }) => service === 'cart'));
      expect(new Set(names.map(({ scope, name }) => `${scope} ${name}`))).toEqual(
        new Set(own.map(({ scope, name }) => `${scope} ${name}`)),
      );
    });

    it('is told by value, most frequent first', async () => {
      await fc.assert(
        fc.asyncProperty(spanField, async (field) => {
          const asked = { ...WHOLE, field, condition: EVERYTHING, limit: ALL };
          const { values } = await store.driver().spans.fieldValues(org, asked, patient());
          const counts = values.map(({ count }) => count);
          expect(counts).toEqual(counts.toSorted((a, b) => b - a));
          const found = new Map(values.map(({ value, count }) => [value, count]));
          expect(found.size).toBe(values.length);
          if (isListed(field)) {
            expect(found).toEqual(referenceValues(field, stored));
          }
        }),
        { numRuns: shareOf(store, 40) },
      );
    });

    it('has at most as many values as are asked for', async () => {
      const field: SpanField = { kind: 'intrinsic', name: 'span-id' };
      const asked = { ...WHOLE, field, condition: EVERYTHING, limit: 3 };
      expect((await store.driver().spans.fieldValues(org, asked, patient())).values).toHaveLength(3);
    });
  });
}

/** Lengths of time are not listed where a span has several, or only its trace has one. */
function isListed({ name }: SpanField): boolean {
  return name !== 'event-time-since-start' && name !== 'trace-duration';
}

function referenceNames(spans: readonly SpanRecord[]): SpanNameCount[] {
  const counts = new Map<string, SpanNameCount>();
  for (const span of spans) {
    const { scope: ofScope } = span.details as { scope?: { attributes: JsonObject } };
    const own = [
      ...namesOf('span', [span.attributes]),
      ...namesOf('resource', [span.resource]),
      ...namesOf('instrumentation', [ofScope?.attributes ?? {}]),
      ...namesOf(
        'event',
        span.events.map(({ attributes }) => attributes),
      ),
      ...namesOf(
        'link',
        span.links.map(({ attributes }) => attributes),
      ),
    ];
    for (const [key, name] of own) {
      counts.set(key, { ...name, count: (counts.get(key)?.count ?? 0) + 1 });
    }
  }
  return [...counts.values()];
}

function namesOf(
  scope: SpanNameCount['scope'],
  objects: readonly JsonObject[],
): Map<string, Omit<SpanNameCount, 'count'>> {
  const isNested = scope === 'event' || scope === 'link';
  const names = objects
    .flatMap((object) => leavesOf(object, ''))
    .map(([name, value]) => {
      const one: unknown = Array.isArray(value) ? (isNested ? value[0] : '') : value;
      const type = typeof one === 'number' ? 'number' : typeof one === 'boolean' ? 'boolean' : 'string';
      return { scope, name, type } as const;
    });
  return new Map(names.map((name) => [`${scope} ${name.type} ${name.name}`, name]));
}

function leavesOf(object: JsonObject, prefix: string): [name: string, value: unknown][] {
  return Object.entries(object).flatMap(([key, member]): [string, unknown][] => {
    if (member === null) {
      return [];
    }
    return typeof member === 'object' && !Array.isArray(member)
      ? leavesOf(member, `${prefix}${key}.`)
      : [[prefix + key, member]];
  });
}

function referenceValues(field: SpanField, spans: readonly SpanRecord[]): Map<SpanFieldValue, number> {
  const counts = new Map<SpanFieldValue, number>();
  for (const span of spans) {
    // What is told of a trace is told of its root.
    const isAsked =
      field.kind !== 'trace' || (span.parentSpanId === '' && (field.name !== 'root-name' || span.name !== ''));
    for (const value of isAsked ? new Set(readField(field, span, [span]).flat()) : []) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return counts;
}
