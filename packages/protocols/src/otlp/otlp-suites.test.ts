import { readFileSync } from 'node:fs';
import { suitePath } from '@aegisguard/testkit';
import { describe, expect, it } from 'vitest';
import { buildOtlpLogs, verifyOtlpLogs } from './otlp-logs.ts';
import { buildOtlpSpans, verifyOtlpSpans } from './otlp-spans.ts';

interface Payload {
  readonly name: string;
  readonly signal: 'logs' | 'metrics' | 'traces';
  readonly json: string;
  readonly protobuf: string;
  readonly items: number;
}

const suite = suitePath('otlp-bodies', 'manifest.json');
const missing = suite === undefined ? ': the suite otlp-bodies is not there' : '';
const payloads = suite === undefined ? [] : (JSON.parse(readFileSync(suite, 'utf8')) as Payload[]);
/** The bodies are years old. */
const options = { receivedAtMs: Date.parse('2026-11-22T12:00:00Z'), retentionDays: 36_500 };

function bytesOf(file: string): Uint8Array {
  return readFileSync(suitePath('otlp-bodies', file) ?? '');
}

describe.skipIf(suite === undefined)(`payloads of others${missing}`, () => {
  it.each(payloads.filter(({ signal }) => signal !== 'metrics'))('$name', ({ signal, json, protobuf, items }) => {
    const [verify, build] = signal === 'logs' ? [verifyOtlpLogs, buildOtlpLogs] : [verifyOtlpSpans, buildOtlpSpans];
    const accepted = { total: items, rejected: [] };
    expect(verify(bytesOf(json), 'json', options)).toEqual(accepted);
    expect(verify(bytesOf(protobuf), 'protobuf', options)).toEqual(accepted);
    const records = build(bytesOf(protobuf), 'protobuf', options, []);
    expect(records).toHaveLength(items);
    expect(build(bytesOf(json), 'json', options, [])).toEqual(records);
  });

  it.each(['logs.json', 'events.json', 'trace.json'])('the example %s', (file) => {
    const body = readFileSync(suitePath('otlp-proto', 'examples', file) ?? '');
    const [verify, build] = file === 'trace.json' ? [verifyOtlpSpans, buildOtlpSpans] : [verifyOtlpLogs, buildOtlpLogs];
    expect(verify(body, 'json', options)).toEqual({ total: 1, rejected: [] });
    expect(build(body, 'json', options, [])).toMatchObject([
      {
        service: 'my.service',
        scopeName: 'my.library',
        scopeVersion: '1.0.0',
        resource: { 'service.name': 'my.service' },
      },
    ]);
  });
});
