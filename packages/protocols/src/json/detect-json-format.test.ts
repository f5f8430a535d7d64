import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectJsonFormat } from './detect-json-format.ts';

function detect(json: string): string {
  return detectJsonFormat(Buffer.from(json), 'resourceLogs');
}

describe('a JSON body', () => {
  it.each([
    '{"resourceLogs":[]}',
    ' \n{ "resourceLogs" : [ ] }',
    '\uFEFF{"resourceLogs":[]}',
    '{"resource_logs":[]}',
    '{"\\u0072esourceLogs":[]}',
    '{"a":{"logs":[1]},"b":"}\\"{","c":[[{}],"]"],"d":-1.5e3,"e":null,"resourceLogs":[]}',
    '{"resourceLogs":[],"logs":[]}',
  ])('is OTLP: %s', (json) => {
    expect(detect(json)).toBe('otlp-json');
  });

  it.each([
    '{}',
    '',
    ' ',
    '[]',
    'null',
    '"resourceLogs"',
    '{"logs":[]}',
    '{"logs":[],"resourceLogs":[]}',
    '{"a":{"resourceLogs":[]}}',
    '{"a":"\\"resourceLogs\\":"}',
    '{"resourceSpans":[]}',
    '{"a":"resourceLogs"}',
    '{"resourceLogs',
    '{"resourceLogs\\',
    '{"a":[[[',
    '{"a":}',
    '{,',
    '{"a"',
  ])('is native: %s', (json) => {
    expect(detect(json)).toBe('native-json');
  });

  it('is told apart by what JSON.parse finds', () => {
    const objects = fc.dictionary(
      fc.oneof(fc.constantFrom('resourceSpans', 'x"y', 'a\\'), fc.string()),
      fc.jsonValue({ maxDepth: 3 }),
    );
    fc.assert(
      fc.property(objects, fc.constantFrom(undefined, 1, '\t'), (object, indent) => {
        // Members named by numbers come first, whatever order they were made in.
        const isOtlp = Object.keys(object).find((name) => ['resourceSpans', 'resource_spans', 'spans'].includes(name));
        const format = isOtlp === undefined || isOtlp === 'spans' ? 'native-json' : 'otlp-json';
        expect(detectJsonFormat(Buffer.from(JSON.stringify(object, null, indent)), 'resourceSpans')).toBe(format);
      }),
    );
  });

  it('may be any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(['native-json', 'otlp-json']).toContain(detectJsonFormat(bytes, 'resourceMetrics'));
      }),
    );
  });
});
