import { type JsonValue, logLabels, PUSHED_METADATA } from '@aegisguard/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleRecord } from '../testing/sample-record.ts';
import { recordLabel } from './record-label.ts';
import { valueText } from './value-text.ts';

const name = fc.constantFrom(
  'service',
  'service_name',
  'level',
  'host',
  'env',
  'version',
  'trace_id',
  'app',
  'a',
  'a_b',
  'a.b',
  'toString',
  '__proto__',
  'é',
);
const leaf: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue>('x', '', 0, 1.5, true, null, [1, 'a']);
const object = fc.dictionary(name, fc.oneof(leaf, fc.dictionary(name, leaf, { maxKeys: 2 })), { maxKeys: 4 });
const column = fc.constantFrom('', 'c');

it('a label is the one that all labels have', () => {
  fc.assert(
    fc.property(
      object,
      object,
      fc.option(fc.nat({ max: 3 })),
      fc.record({ service: column, host: column, env: column, version: column, traceId: column }),
      name,
      (attributes, resource, metadata, columns, asked) => {
        const details = metadata === null ? {} : { [PUSHED_METADATA]: metadata };
        const record = sampleRecord({ ...columns, attributes, resource, details });
        const labels = logLabels(record);
        const expected = [labels.stream, labels.metadata, labels.derived].find((each) => Object.hasOwn(each, asked))?.[
          asked
        ];
        expect(recordLabel(record, asked, () => labels)).toBe(expected);
      },
    ),
    { numRuns: 2000 },
  );
});

it.each([
  [1e21, '1000000000000000000000'],
  [1e-7, '0.0000001'],
  [-12.5, '-12.5'],
  [true, 'true'],
  [[1, 'a'], '[1,"a"]'],
  [null, undefined],
])('%j is written as %j', (value, text) => {
  expect(valueText(value)).toBe(text);
});
