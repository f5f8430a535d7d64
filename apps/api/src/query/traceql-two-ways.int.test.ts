import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type JsonObject,
  parseOrgId,
  SPAN_KINDS,
  SPAN_STATUSES,
  type SpanComparison,
  type SpanComparisonQuery,
  type SpanQueryReader,
  type SpanRecord,
  unixNanos,
} from '@aegisguard/model';
import { openClickHouse, type StorageDriver } from '@aegisguard/storage';
import { spanEncoder } from '@aegisguard/storage/encoder';
import { evaluateMetrics, type MetricsExpression, parseQuery } from '@aegisguard/traceql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// What the store does in the evaluation's place answers as the evaluation does: the property over generated queries has a reference for a store, this has ClickHouse.

const orgId = parseOrgId('11111111-1111-4111-8111-111111111111');
const SECOND = 1_000_000_000n;
const START = 1_767_225_600_000_000_000n;
const RANGE_SECONDS = 120n;
const SPANS = 3_000;
const bounds = { signal: new AbortController().signal, timeoutMs: 60_000 };

const SPANSETS = [
  '{}',
  '{ resource.service.name = "api" }',
  '{ span.http.code != 200 } | by(kind)',
  '{ nestedSetParent < 0 || .region = "eu" }',
  '{ name =~ "GET.*" && duration > 10ms }',
];
const SELECTIONS = [
  '{ status = error }',
  '{ span.http.code = 500 }, 3',
  '{ resource.region =~ "eu|us" }, 1',
  '{ nestedSetParent < 0 && duration > 40ms }, 100000',
  `{}, 5, ${START + 30n * SECOND}, ${START + 70n * SECOND}`,
  '{ .user.id = nil }, 2',
];

let directory: string;
let driver: StorageDriver;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'aegis-two-ways-'));
  driver = await openClickHouse({ kind: 'embedded', path: join(directory, 'clickhouse') });
  await driver.migrate();
  const spans = Array.from({ length: SPANS }, (_, index) => record(index));
  // Sent before, when they were something else; and somebody else's.
  const before = spans.slice(0, SPANS / 20).map((span) => ({ ...span, name: 'before', attributes: { gone: true } }));
  await insert(orgId, 1, before);
  await insert(orgId, 2, spans);
  await insert(parseOrgId('22222222-2222-4222-8222-222222222222'), 3, spans);
});

afterAll(async () => {
  await driver.close();
  rmSync(directory, { recursive: true });
});

async function insert(org: typeof orgId, number: number, records: readonly SpanRecord[]): Promise<void> {
  const batchId = `019385a0-0000-7000-8000-00000000000${number}`;
  const batch = { batchId, receivedAtMs: Date.now() + number, retentionDays: 20_000 };
  await driver.spans.insert([
    spanEncoder.encode(
      org,
      batch,
      records.map((span, index) => ({ ...span, index })),
    ),
  ]);
}

/** Spans of several kinds in turn. */
function record(index: number): SpanRecord {
  const of = <T>(first: T, ...others: readonly T[]): T => [first, ...others][index % (others.length + 1)] ?? first;
  const attributes: readonly JsonObject[] = [
    { 'http.code': of<number | string>(200, 404, 500, '500'), 'http.route': of('/a', '/b', '/c') },
    { http: { code: of(200, 500) }, 'user.id': `u-${index}-${index * 7919}` },
    { 'http.code': 200, http_code: 'ok', tags: [of('x', 'y', 'z', 'x'), index % 5], none: [] },
    { region: of('eu', 'us', ''), flag: index % 3 === 0, text: `a text that is longer than a facet ${index % 9}` },
    {},
  ];
  const resources: readonly JsonObject[] = [
    {
      'service.name': of('api', 'web'),
      region: of('eu', 'asia'),
      'process.command_args': ['node', `--port=${index % 4}`],
    },
    { region: 'eu', k8s: { pod: { name: `pod-${index % 30}` } } },
    {},
  ];
  const number = index + 1;
  return {
    traceId: Math.ceil(number / 5)
      .toString(16)
      .padStart(32, '0'),
    spanId: number.toString(16).padStart(16, '0'),
    parentSpanId: number % 5 === 1 ? '' : (number - 1).toString(16).padStart(16, '0'),
    traceState: '',
    name: of('GET /', 'GET /a', 'POST /b', 'job', `GET /${index % 50}`),
    kind: of(...(SPAN_KINDS as readonly [SpanRecord['kind'], ...SpanRecord['kind'][]])),
    service: of('api', 'web', '', 'job'),
    host: '',
    env: '',
    version: '',
    startTime: unixNanos(START + (BigInt(index) * RANGE_SECONDS * SECOND) / BigInt(SPANS)),
    durationNanos: BigInt((index * 7919) % 100) * 1_000_000n,
    status: of(...(SPAN_STATUSES as readonly [SpanRecord['status'], ...SpanRecord['status'][]])),
    statusMessage: of('', '', 'timed out', `failed with ${index % 12_345}`),
    scopeName: '',
    scopeVersion: '',
    attributes: {
      ...attributes[index % attributes.length],
      // Of most selections' others more than are told.
      ...(index % 6 === 0 ? {} : { 'http.request.header.x-request-id': [`r-${index}-${index * 7919}`, 'x'] }),
    },
    resource: resources[index % resources.length] ?? {},
    events: [],
    links: [],
    details: index % 11 === 0 ? { scope: { attributes: { region: 'none' } } } : {},
    geo: {},
    userAgent: {},
    truncated: false,
    index,
  };
}

/** The store; what it tells of comparisons is kept, or withheld. */
function readerOf(told: (SpanComparison | undefined)[], isAsked: boolean): SpanQueryReader {
  const { spans } = driver;
  return {
    findTraces: spans.findTraces.bind(spans),
    fetchSpans: spans.fetchSpans.bind(spans),
    aggregateSpans: spans.aggregateSpans.bind(spans),
    funnelTraces: spans.funnelTraces.bind(spans),
    scanSpans: spans.scanSpans.bind(spans),
    attributeNames: spans.attributeNames.bind(spans),
    fieldValues: spans.fieldValues.bind(spans),
    compareSpans: async (org, query: SpanComparisonQuery, within) => {
      const answer = isAsked ? await spans.compareSpans(org, query, within) : undefined;
      told.push(answer);
      return answer;
    },
  };
}

function metricsOf(text: string): MetricsExpression {
  const { body } = parseQuery(text);
  if (body.kind === 'pipeline') {
    throw new TypeError('metrics are meant');
  }
  return body;
}

describe('the store compares as the evaluation', () => {
  it.each(SPANSETS)('%s', async (spansets) => {
    for (const [place, selection] of SELECTIONS.entries()) {
      const text = `${spansets} | compare(${selection})`;
      const step = place % 2 === 0 ? 7n * SECOND : RANGE_SECONDS * SECOND;
      const end = unixNanos(START + RANGE_SECONDS * SECOND);
      const quest = { query: metricsOf(text), start: unixNanos(START), end, step, exemplars: 0 };
      const told: (SpanComparison | undefined)[] = [];
      const byStore = await evaluateMetrics(readerOf(told, true), orgId, quest, bounds);
      const oneByOne = await evaluateMetrics(readerOf([], false), orgId, quest, bounds);
      expect(byStore.series, text).toEqual(oneByOne.series);
      expect(byStore.series.length, text).toBeGreaterThan(4);
      expect(told, text).toEqual([expect.anything()]);
    }
  });
});
