import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluateLogQuery, type LogQueryWindow, parseQuery } from '@aegisguard/logql';
import { AegisError, type LogRecord, PUSHED_METADATA, parseOrgId, unixNanos } from '@aegisguard/model';
import { openClickHouse, type StorageDriver } from '@aegisguard/storage';
import { logEncoder } from '@aegisguard/storage/encoder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// What the store does in the pipeline's place answers as the pipeline does: the property over generated queries has a reference for a store, this has ClickHouse.

const orgId = parseOrgId('11111111-1111-4111-8111-111111111111');
const SECOND = 1_000_000_000n;
const START = 1_767_225_600_000_000_000n;
const LOGS = 300;
const bounds = { signal: new AbortController().signal, timeoutMs: 30_000 };
const WINDOW: LogQueryWindow = {
  start: unixNanos(START),
  end: unixNanos(START + 120n * SECOND),
  step: 15n * SECOND,
  limit: 40,
  direction: 'backward',
};

const SELECTORS = [
  '{service=~"api|web"}',
  '{service="api"} |= "200"',
  '{service!="api", host=~".*"} != "GET" or "x"',
  '{service=~".+"} |~ "(?i)get|^$" !~ "5.."',
  '{service=~".+"} |> "GET <_> status=<_>"',
  '{service=~".+"} |= ip("10.0.0.0/8")',
  '{service=~".+"} | pod="1" | env!="prod"',
  '{service=~".+"} | pod=~"1|" and host!~"h.*"',
  '{service=~".+"} | level="error" or pod="2"',
  '{service=~".+"} | status >= 404 | __error__=""',
  '{service=~".+"} | logfmt | status="500" |= "GET"',
  '{service=~".+"} | json | status="200" | __error__=""',
  '{pod=~"1|2"} | logfmt | took > 1s | __error__=""',
  '{service=~".+"} | line_format "{{.pod}}" |= "1"',
  '{service=~".+"} | app_extracted="clash"',
];
const METRICS = [
  (logs: string) => `sum(count_over_time(${logs} [1m]))`,
  (logs: string) => `sum by (pod) (rate(${logs} [20s]))`,
  (logs: string) => `sum by (service, level, none) (bytes_over_time(${logs} [45s]))`,
  (logs: string) => `count_over_time(${logs} [15s])`,
  (logs: string) => `absent_over_time(${logs} [7s])`,
  (logs: string) => `max by (env) (sum without (host) (bytes_rate(${logs} [90s] offset 15s)))`,
];

let directory: string;
let driver: StorageDriver;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'aegis-two-ways-'));
  driver = await openClickHouse({ kind: 'embedded', path: join(directory, 'clickhouse') });
  await driver.migrate();
  const batch = { batchId: '019385a1-0000-7000-8000-000000000001', receivedAtMs: Date.now(), retentionDays: 20_000 };
  await driver.logs.insert([
    logEncoder.encode(
      orgId,
      batch,
      Array.from({ length: LOGS }, (_, index) => record(index)),
    ),
  ]);
});

afterAll(async () => {
  await driver.close();
  rmSync(directory, { recursive: true });
});

/** Logs of several kinds in turn, pushed by Loki clients and by others. */
function record(index: number): LogRecord {
  const of = <T>(...values: readonly T[]): T | undefined => values[index % values.length];
  const status = of('200', '404', '500', '200', 'x') ?? '';
  const isPushed = index % 3 === 0;
  const service = of('api', 'web', 'job') ?? '';
  const attributes = { pod: of('1', '2', '', '3', '1', '2', '1') ?? '', ...(isPushed ? { app: 'clash' } : { status }) };
  return {
    timestamp: unixNanos(START + BigInt(index) * 450_000_000n),
    level: index % 4 === 0 ? 'error' : 'info',
    severityNumber: 0,
    severityText: '',
    service,
    message:
      of(
        `GET /a status=${status} took=${index % 5}s`,
        JSON.stringify({ status, a: { b: index } }),
        '',
        'from 10.0.0.7 äö',
      ) ?? '',
    host: of('', 'h1', 'h2', '') ?? '',
    env: isPushed ? '' : (of('prod', 'test') ?? ''),
    version: '',
    traceId: '',
    spanId: '',
    scopeName: '',
    scopeVersion: '',
    attributes,
    resource: isPushed ? { service_name: service, app: 'x' } : { region: 'eu' },
    details: isPushed ? { [PUSHED_METADATA]: Object.keys(attributes).length } : {},
    ingestId: '',
    geo: {},
    userAgent: {},
    truncated: false,
    index,
  };
}

async function outcome(query: string, pushesDown: boolean): Promise<unknown> {
  try {
    const answer = await evaluateLogQuery(driver.logs, orgId, parseQuery(query), WINDOW, bounds, { pushesDown });
    return answer.kind === 'logs' ? answer.found : answer.series;
  } catch (error) {
    if (error instanceof AegisError && error.code === 'query-not-runnable') {
      // Which of several lines is told depends on the order in which they are read.
      return error.detail?.split(' for series: ')[0];
    }
    throw error;
  }
}

describe('the store answers as the pipeline', () => {
  it.each(SELECTORS.map((selector, place) => [selector, place] as const))('%s', async (selector, place) => {
    // Every other aggregation for each, in turn.
    const metrics = METRICS.filter((_, index) => (index + place) % 2 === 0);
    for (const query of [selector, ...metrics.map((metric) => metric(selector))]) {
      const pushed = await outcome(query, true);
      expect(pushed, query).toEqual(await outcome(query, false));
      expect(pushed, query).toBeDefined();
    }
  });

  it('and has something to answer with', async () => {
    const answers = await Promise.all(
      SELECTORS.map((selector) => outcome(`sum(count_over_time(${selector} [1m]))`, true)),
    );
    expect(answers.filter((answer) => Array.isArray(answer) && answer.length > 0)).toHaveLength(SELECTORS.length);
  });
});
