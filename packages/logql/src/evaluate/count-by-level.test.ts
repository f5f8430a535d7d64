import { parseOrgId, unixNanos } from '@aegisguard/model';
import { ReferenceLogReader } from '@aegisguard/testkit';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../syntax/parse-query.ts';
import { LOGS_START, storedLog } from '../testing/arbitrary-logs.ts';
import { countByLevel } from './count-by-level.ts';

const SECOND = 1_000_000_000n;
const orgId = parseOrgId('11111111-1111-4111-8111-111111111111');
const bounds = { signal: new AbortController().signal, timeoutMs: 60_000 };
const bars = { start: LOGS_START, end: unixNanos(LOGS_START + 30n * SECOND), origin: LOGS_START, bucket: 10n * SECOND };
const logs = [0, 5, 10, 25, 29, 30].map((seconds, index) =>
  storedLog(unixNanos(LOGS_START + BigInt(seconds) * SECOND), index, {
    level: index % 2 === 0 ? 'info' : 'error',
    message: `GET n=${index}`,
  }),
);

describe('countByLevel', () => {
  it.each([
    '{service="api"}',
    '{service="api"} | logfmt | n >= 0',
    'rate({service="api"} |= "GET" | logfmt [5m])',
    '1 - sum by (n) (count_over_time({service="api"} |= "GET" [1m]))',
  ])('counts all logs of %s', async (query) => {
    const reader = new ReferenceLogReader(new Map([[orgId, logs]]));
    const { series } = await countByLevel(reader, orgId, parseQuery(query), bars, bounds);
    expect(series).toEqual([
      { labels: { detected_level: 'info' }, buckets: [0, 1, 2], counts: [1, 1, 1] },
      { labels: { detected_level: 'error' }, buckets: [0, 2], counts: [1, 1] },
    ]);
  });

  it('counts what the pipeline lets through, and nothing of numbers', async () => {
    const reader = new ReferenceLogReader(new Map([[orgId, logs]]));
    const filtered = parseQuery('{service="api"} | logfmt | n > 3');
    expect((await countByLevel(reader, orgId, filtered, bars, bounds)).series).toEqual([
      { labels: { detected_level: 'info' }, buckets: [2], counts: [1] },
    ]);
    expect((await countByLevel(reader, orgId, parseQuery('vector(1)'), bars, bounds)).series).toEqual([]);
  });
});
