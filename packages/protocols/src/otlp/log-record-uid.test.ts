import { expect, it } from 'vitest';
import { buildOtlpLogs } from './otlp-logs.ts';

const options = { receivedAtMs: 1_795_000_000_000, retentionDays: 30 };

function ingestIds(...values: readonly object[]): string[] {
  const logRecords = values.map((value) => ({
    timeUnixNano: '1795000000000000000',
    attributes: [{ key: 'log.record.uid', value }],
  }));
  const body = { resourceLogs: [{ scopeLogs: [{ logRecords }] }] };
  return buildOtlpLogs(Buffer.from(JSON.stringify(body)), 'json', options, []).map(({ ingestId }) => ingestId);
}

it('is the id of a log when it is a text, and stays an attribute', () => {
  expect(ingestIds({ stringValue: '01JX' }, { intValue: '7' }, { stringValue: '' })).toEqual(['01JX', '', '']);
});
