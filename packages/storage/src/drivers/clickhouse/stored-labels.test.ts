import {
  type JsonObject,
  type JsonValue,
  type LogLabels,
  type LogLevel,
  logLabels,
  PUSHED_METADATA,
} from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flattenAttributes } from './attribute-shape.ts';
import { LabelReading } from './stored-labels.ts';

const KEYS = ['a', 'b', 'a.b', 'a_b', 'host', 'level', 'service', 'geo_city', '__proto__', 'имя'];
const leaf: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom('x', '', 'y=z', '\ud800', 1, -0, 1e21, true, null),
  fc.constant<JsonValue>([1, 'a']),
);
const flat: fc.Arbitrary<JsonObject> = fc.dictionary(fc.constantFrom(...KEYS), leaf, { maxKeys: 4 });
const nested: fc.Arbitrary<JsonObject> = fc.dictionary(fc.constantFrom(...KEYS), fc.oneof(leaf, flat), { maxKeys: 4 });
const column = fc.constantFrom('', 'x', 'y');
const log = fc.record({
  service: column,
  level: fc.constantFrom<LogLevel[]>('info', 'warn'),
  severityText: fc.constantFrom('', 'warning'),
  host: column,
  env: column,
  version: column,
  traceId: column,
  spanId: column,
  attributes: nested,
  resource: nested,
  details: fc.oneof(
    fc.constant({}),
    fc.constant({ flags: 1 }),
    fc.nat(3).map((count) => ({ [PUSHED_METADATA]: count })),
  ),
  geo: fc.constantFrom({}, { city: 'Berlin', timeZone: 'Europe/Berlin' }),
  userAgent: fc.constantFrom({}, { browser: 'Firefox' }),
});

describe('labels of stored logs', () => {
  it('are those of the logs', () => {
    fc.assert(
      fc.property(fc.array(log, { minLength: 1, maxLength: 6 }), (logs) => {
        const reading = new LabelReading();
        // Each twice: the second time from what is remembered.
        for (const one of [...logs, ...logs]) {
          const { shape, values } = flattenAttributes(one);
          expect(plain(reading.read({ ...one, shape, texts: values }))).toEqual(plain(logLabels(one)));
        }
      }),
      { numRuns: 200 },
    );
  });
});

function plain({ stream, metadata, derived, isPushed }: LogLabels): unknown {
  return [Object.entries(stream), Object.entries(metadata), Object.entries(derived)]
    .map((entries) => entries.sort(([a], [b]) => (a < b ? -1 : 1)))
    .concat([[['isPushed', String(isPushed)]]]);
}
