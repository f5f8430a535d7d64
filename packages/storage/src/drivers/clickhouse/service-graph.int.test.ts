import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GraphEdge, OrgId, SpanKind } from '@aegisguard/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newSpanId, newTraceId } from '../../conformance/span-under-test.ts';
import { newOrg, patient } from '../../conformance/storage-under-test.ts';
import { ClickHouseDriver } from './clickhouse-driver.ts';
import { EmbeddedEngine } from './embedded-engine.ts';
import { tableNames } from './log-table.ts';
import { Deadline, QueryRunner } from './query-runner.ts';
import { ServiceGraph } from './service-graph.ts';
import { graphEdgesSql, readGraphEdge } from './service-graph-query.ts';
import type { StorageLogger } from './storage-logger.ts';

const MEBIBYTE = 1024 * 1024;
/** When the first spans of these tests came: a window begins. In the past of the engine's clock, which lets them expire, by little. */
const BEGIN = Math.floor(Date.now() / 1000 / 15) * 15 - 7200;
const HOUR_MS = 3_600_000;
const TABLES = tableNames('graph');
const LIMITS = {
  memoryBytesMax: 256 * MEBIBYTE,
  rowsReadMax: 1_000_000_000,
  resultBytesMax: 48 * MEBIBYTE,
  groupsMax: 200_000,
  threads: 2,
};
const TRACE_SPANS_MAX = 1_000;
const warnings: object[] = [];
const LOGGER: StorageLogger = { info: () => undefined, warn: (fields) => warnings.push(fields) };
const RANGE = {
  startMs: Math.floor((BEGIN * 1000) / HOUR_MS) * HOUR_MS - HOUR_MS,
  endMs: Math.floor((BEGIN * 1000) / HOUR_MS) * HOUR_MS + 3 * HOUR_MS,
};

let directory: string;
let engine: EmbeddedEngine;
let driver: ClickHouseDriver;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'aegis-graph-'));
  engine = new EmbeddedEngine({ path: directory, laneCount: 2, memoryBytesMax: 640 * MEBIBYTE });
  driver = new ClickHouseDriver({
    engine,
    database: 'graph',
    limits: LIMITS,
    metricLimits: { seriesMax: 50_000, samplesMax: 20_000_000 },
    insertMemoryBytesMax: 384 * MEBIBYTE,
    logger: LOGGER,
    graphTraceSpansMax: TRACE_SPANS_MAX,
    nowMs: Date.now,
  });
  await driver.migrate();
});

afterAll(async () => {
  await driver.close();
  rmSync(directory, { recursive: true });
});

/** A span as the view of spans keeps it. */
interface Came {
  /** Seconds after the beginning. */
  readonly at: number;
  readonly service: string;
  readonly kind: SpanKind;
  readonly trace?: string;
  readonly id?: string;
  readonly parent?: string;
  readonly isError?: boolean;
  readonly durationMs?: number;
  readonly peer?: readonly [type: string, name: string, system: string];
}

async function come(orgId: OrgId, spans: readonly Came[]): Promise<void> {
  const rows = spans.map(({ at, service, kind, isError, durationMs = 1, peer = ['', '', ''], ...ids }) => {
    const { trace = newTraceId(), id = newSpanId(), parent } = ids;
    const time = `toDateTime(${BEGIN + at}, 'UTC')`;
    return `('${orgId}', ${time}, unhex('${trace}'), unhex('${id}'), unhex('${parent ?? '0'.repeat(16)}'), ${parent === undefined}, toStartOfMinute(toDateTime(${BEGIN}, 'UTC')), '${service}', '', 'n', '', '${kind}', '${isError === true ? 'error' : 'unset'}', ${durationMs * 1e6}, '${peer[0]}', '${peer[1]}', '${peer[2]}', 30)`;
  });
  await engine.command(`INSERT INTO ${TABLES.graphSpans} VALUES ${rows.join(', ')}`);
}

/** Everything that came until so many seconds after the beginning is settled. */
async function settle(seconds: number): Promise<void> {
  while ((await driver.services.settleWindows((BEGIN + seconds + 20) * 1000)) > 0) {
    // A call ends after some seconds.
  }
}

/** As if no window had been looked at. */
async function forgetWindows(): Promise<void> {
  await engine.command(`TRUNCATE TABLE ${TABLES.graphWindows}`);
}

async function edgesOf(orgId: OrgId, resolution: 'minute' | 'hour' = 'minute'): Promise<string[]> {
  const { edges } = await driver.services.readEdges(orgId, { ...RANGE, resolution, limit: 100 }, patient());
  return edges.map(textOf).toSorted();
}

function textOf({ client, server, connectionType, system, destination, calls, errors, ...sides }: GraphEdge): string {
  const { clientSide, serverSide } = sides;
  const measured = [clientSide, serverSide].map(({ nanos, durations }) => {
    expect(durations.counts.reduce((sum, count) => sum + count, 0)).toBe(nanos === 0 ? 0 : calls);
    return nanos / 1e6;
  });
  const node = ({ type, name }: GraphEdge['client']) => (type === 'service' ? name : `${type} ${name}`);
  return `${node(client)} > ${node(server)}: ${connectionType} ${system} ${destination} ${calls}/${errors} ${measured.join('/')}`;
}

const call = (trace: string) => ({ trace, id: newSpanId() });

it('finds calls, messages and what sends no spans, once, whatever order they come in', async () => {
  const [org, other] = [newOrg(), newOrg()];
  const trace = newTraceId();
  const [root, http, db, send, take] = Array.from({ length: 5 }, () => call(trace));
  const topic = ['messaging', 'orders', 'kafka'] as const;
  await come(org, [
    // The answer came before the call that it belongs to, and twice.
    { ...call(trace), at: 1, service: 'stock', kind: 'server', parent: http?.id ?? '', durationMs: 4, isError: true },
    { ...root, at: 20, service: 'shop', kind: 'server', durationMs: 50 },
    { ...root, at: 40, service: 'shop', kind: 'server', durationMs: 50 },
    {
      ...http,
      at: 21,
      service: 'shop',
      kind: 'client',
      parent: root?.id ?? '',
      durationMs: 7,
      peer: ['external', 'stock', 'http'],
    },
    {
      ...db,
      at: 20,
      service: 'shop',
      kind: 'client',
      parent: root?.id ?? '',
      durationMs: 3,
      peer: ['database', 'orders', 'postgresql'],
    },
    // Within one service it is no call.
    { ...call(trace), at: 22, service: 'shop', kind: 'internal', parent: db?.id ?? '' },
    { ...send, at: 20, service: 'shop', kind: 'producer', parent: root?.id ?? '', durationMs: 1, peer: topic },
    { ...take, at: 200, service: 'mails', kind: 'consumer', parent: send?.id ?? '', durationMs: 9, peer: topic },
    { ...call(trace), at: 22, service: 'audit', kind: 'internal', parent: root?.id ?? '', durationMs: 2 },
    // Nobody takes these two.
    {
      ...call(newTraceId()),
      at: 20,
      service: 'shop',
      kind: 'producer',
      parent: newSpanId(),
      peer: ['messaging', 'lost', 'kafka'],
    },
    {
      ...call(newTraceId()),
      at: 20,
      service: 'mails',
      kind: 'consumer',
      durationMs: 6,
      peer: ['messaging', 'old', 'kafka'],
    },
  ]);
  // The same ids in another organization: no edge leads there.
  await come(other, [{ ...call(trace), at: 20, service: 'alien', kind: 'server', parent: http?.id ?? '' }]);
  await settle(15);
  expect(await edgesOf(org)).toEqual([]);
  const early = [
    'messaging old > mails: messaging_system kafka  1/0 0/6',
    'shop > audit: direct   1/0 0/2',
    'shop > stock: direct http  1/1 7/4',
    'user user > shop: virtual_node   1/0 0/50',
  ];
  await settle(30);
  expect(await edgesOf(org)).toEqual(early);
  await settle(75);
  expect(await edgesOf(org)).toEqual([...early, 'shop > database orders: database postgresql  1/0 3/0'].toSorted());
  await settle(400);
  const all = [
    ...early,
    'shop > database orders: database postgresql  1/0 3/0',
    'shop > mails: messaging_system kafka orders 1/0 1/9',
    'shop > messaging lost: messaging_system kafka  1/0 1/0',
  ].toSorted();
  expect(await edgesOf(org)).toEqual(all);
  expect(await edgesOf(org, 'hour')).toEqual(all);
  expect(await edgesOf(other)).toEqual([]);
});

it('tells edges that differ in their system alone as one, and counts without durations', async () => {
  const org = newOrg();
  const query = (system: string, name = 'orders'): Came => {
    const peer = ['database', name, system] as const;
    return {
      ...call(newTraceId()),
      at: 500,
      service: 'shop',
      kind: 'client',
      parent: newSpanId(),
      durationMs: 3,
      peer,
    };
  };
  await come(org, [query('mysql'), query('mysql'), query('', 'orders'), query('mysql', 'users')]);
  await settle(600);
  expect(await edgesOf(org)).toHaveLength(3);
  const asked = { ...RANGE, resolution: 'minute', isMerged: true, limit: 10 } as const;
  const { edges } = await driver.services.readEdges(org, asked, patient());
  expect(edges.map(textOf)).toEqual([
    'shop > database orders: database   3/0 9/0',
    'shop > database users: database mysql  1/0 3/0',
  ]);
  const counted = await driver.services.readEdges(org, { ...asked, withoutDurations: true }, patient());
  const nothing = { buckets: [], counts: [] };
  expect(counted.edges).toEqual(
    edges.map(({ clientSide, serverSide, ...edge }) => ({
      ...edge,
      clientSide: { ...clientSide, durations: nothing },
      serverSide: { ...serverSide, durations: nothing },
    })),
  );
  const first = await driver.services.readEdges(org, { ...asked, limit: 1 }, patient());
  expect(first.edges).toEqual(edges.slice(0, 1));
  expect((await driver.services.readEdges(newOrg(), asked, patient())).edges).toEqual([]);
});

it('adds nothing when windows are looked at again, by others at the same time or after a crash', async () => {
  const org = newOrg();
  // Those of other tests would be looked at again, too.
  await engine.command(`TRUNCATE TABLE ${TABLES.graphSpans}`);
  const spans = Array.from({ length: 50 }, (_, n): Came[] => {
    const trace = newTraceId();
    const client = call(trace);
    return [
      { ...client, at: 1000 + (n % 20), service: 'a', kind: 'client', parent: newSpanId() },
      { ...call(trace), at: 1000 + ((n * 7) % 20), service: 'b', kind: 'server', parent: client.id },
    ];
  });
  await come(org, spans.flat());
  await Promise.all([settle(1100), settle(1100)]);
  const once = ['a > b: direct   50/0 50/50'];
  expect(await edgesOf(org)).toEqual(once);
  for (let again = 0; again < 2; again += 1) {
    await forgetWindows();
    await settle(1200);
  }
  expect(await edgesOf(org)).toEqual(once);
  expect(await edgesOf(org, 'hour')).toEqual(once);
  const hours = { ...RANGE, resolution: 'hour', by: ['service'], durations: false } as const;
  const { groups } = await driver.services.measureSpans(org, hours, patient());
  expect(groups.map(({ service, calls }) => `${service} ${calls}`).toSorted()).toEqual(['a 50', 'b 50']);
});

it('counts a partner that comes late as a call, beside that of what was taken to send no spans', async () => {
  const org = newOrg();
  const [trace, tooLate] = [newTraceId(), newTraceId()];
  const [client, other] = [call(trace), call(tooLate)];
  const peer = ['external', 'b.example', 'http'] as const;
  await come(org, [
    { ...client, at: 2000, service: 'a', kind: 'client', parent: newSpanId(), peer },
    { ...other, at: 2000, service: 'a', kind: 'client', parent: newSpanId() },
  ]);
  await settle(2100);
  const peerEdge = 'a > external b.example: virtual_node http  1/0 1/0';
  expect(await edgesOf(org)).toEqual([peerEdge]);
  await come(org, [
    { ...call(trace), at: 3000, service: 'b', kind: 'server', parent: client.id },
    { ...call(tooLate), at: 4000, service: 'b', kind: 'server', parent: other.id },
  ]);
  await settle(4100);
  expect(await edgesOf(org)).toEqual(['a > b: direct http  1/0 1/1', peerEdge]);
});

/** One trace of so many spans, each a call of the next service of two. */
async function comeChain(orgId: OrgId, at: number, count: number): Promise<void> {
  await engine.command(
    `INSERT INTO ${TABLES.graphSpans} SELECT '${orgId}', toDateTime(${BEGIN + at}, 'UTC'), unhex('${newTraceId()}'), reinterpretAsFixedString(number + 1), reinterpretAsFixedString(number), number = 0, toStartOfMinute(toDateTime(${BEGIN}, 'UTC')), if(number % 2 = 0, 'a', 'b'), '', 'n', '', 'server', 'unset', 1000000, '', '', '', 30 FROM numbers(${count})`,
  );
}

async function comePair(orgId: OrgId, at: number): Promise<void> {
  const trace = newTraceId();
  const client = call(trace);
  await come(orgId, [
    { ...client, at, service: 'a', kind: 'client', parent: newSpanId() },
    { ...call(trace), at, service: 'b', kind: 'server', parent: client.id },
  ]);
}

async function hoursOf(orgId: OrgId): Promise<number | undefined> {
  const hours = { ...RANGE, resolution: 'hour', by: [], durations: false } as const;
  const { groups } = await driver.services.measureSpans(orgId, hours, patient());
  return groups[0]?.calls;
}

it('leaves out a trace that is too large, and nothing else; tells edges by either side', async () => {
  const [large, org] = [newOrg(), newOrg()];
  await comeChain(large, 5000, TRACE_SPANS_MAX + 1);
  await comePair(large, 5001);
  await comePair(org, 5002);
  await comePair(org, 5100);
  await settle(5200);
  expect(await edgesOf(large)).toEqual(['a > b: direct   1/0 1/1']);
  expect(await edgesOf(org)).toEqual(['a > b: direct   2/0 2/2']);
  const ofSide = async (side: { client: string } | { server: string }) => {
    const asked = { ...RANGE, resolution: 'minute', limit: 10, ...side } as const;
    return (await driver.services.readEdges(org, asked, patient())).edges.length;
  };
  expect(await ofSide({ client: 'a' })).toBe(1);
  expect(await ofSide({ server: 'b' })).toBe(1);
  expect(await ofSide({ client: 'b' })).toBe(0);
  expect(await ofSide({ server: 'a' })).toBe(0);
  expect(await hoursOf(large)).toBe(TRACE_SPANS_MAX + 3);
  expect(warnings).toMatchObject([{ traces: 1, orgIds: [large] }]);
});

it('goes on without what does not fit into memory', async () => {
  const [large, org] = [newOrg(), newOrg()];
  await engine.command(`TRUNCATE TABLE ${TABLES.graphSpans}`);
  await comeChain(large, 6000, 60_000);
  await comePair(org, 6001);
  await comePair(org, 6100);
  const graph = new ServiceGraph({
    engine,
    runner: new QueryRunner(engine, LIMITS),
    tables: TABLES,
    memoryBytesMax: 24 * MEBIBYTE,
    logger: LOGGER,
  });
  warnings.length = 0;
  while ((await graph.settle((BEGIN + 6220) * 1000)) > 0) {
    // A call ends after some seconds.
  }
  expect(await edgesOf(org)).toEqual(['a > b: direct   2/0 2/2']);
  expect(await edgesOf(large)).toEqual([]);
  expect(await hoursOf(org)).toBe(4);
  expect(warnings).toContainEqual({ window: BEGIN + 6000, figures: 'edges', slices: 16, orgId: large });
});

it('adds no half beside the whole when another goes on that has more memory', async () => {
  const org = newOrg();
  await engine.command(`TRUNCATE TABLE ${TABLES.graphSpans}`);
  // Calls of one span each, so that every half is as large as the other.
  await engine.command(
    `INSERT INTO ${TABLES.graphSpans} SELECT '${org}', toDateTime(${BEGIN + 6500}, 'UTC'), unhex(hex(MD5(toString(number)))), reinterpretAsFixedString(number + 1), reinterpretAsFixedString(number), true, toStartOfMinute(toDateTime(${BEGIN}, 'UTC')), 'a', '', 'n', '', 'server', 'unset', 1000000, '', '', '', 30 FROM numbers(60000)`,
  );
  const graph = new ServiceGraph({
    engine,
    runner: new QueryRunner(engine, LIMITS),
    tables: TABLES,
    memoryBytesMax: 24 * MEBIBYTE,
    logger: LOGGER,
  });
  warnings.length = 0;
  while ((await graph.settle((BEGIN + 6600) * 1000)) > 0) {
    // A call ends after some seconds.
  }
  expect(warnings).toEqual([]);
  const once = ['user user > a: virtual_node   60000/0 0/60000'];
  expect(await edgesOf(org)).toEqual(once);
  const parts = `SELECT count() FROM ${TABLES.graphWindows} WHERE window_end = toDateTime(${BEGIN + 6495}, 'UTC') AND too_much != ''`;
  expect(Number((await engine.select(0, parts)).rows[0]?.[0])).toBeGreaterThan(0);
  // As if the first had died before the window was done.
  await engine.command(`ALTER TABLE ${TABLES.graphWindows} DELETE WHERE too_much = '' SETTINGS mutations_sync = 1`);
  await settle(6600);
  expect(await edgesOf(org)).toEqual(once);
  expect(await hoursOf(org)).toBe(60_000);
});

it('has figures of the first of more names than a statement tells apart', async () => {
  const org = newOrg();
  await engine.command(
    `INSERT INTO ${TABLES.spanMinutes} (organization_id, service, minute, name, kind, status, version, env, bucket, calls, nanos, slowest, retention_days) SELECT '${org}', 'a', toStartOfMinute(toDateTime(${BEGIN}, 'UTC')), toString(number), 'server', 'unset', '', '', 87, if(number = 209999, 3, 1), 3000000, (1, '', ''), 30 FROM numbers(210000)`,
  );
  const by = ['service', 'name', 'kind', 'status'] as const;
  const first = { by: 'calls', limit: 1_000 } as const;
  for (const durations of [true, false]) {
    const asked = { ...RANGE, resolution: 'minute', by, durations, first } as const;
    const { groups } = await driver.services.measureSpans(org, asked, patient());
    expect(groups).toHaveLength(1_000);
    expect(groups[0]).toMatchObject({ name: '209999', calls: 3 });
  }
});

it('has the edges that most calls go over, of more than there is memory for', async () => {
  const org = newOrg();
  const buckets = `map(${Array.from({ length: 20 }, (_, n) => `${80 + n}, 1`).join(', ')})`;
  const columns =
    'organization_id, minute, client, server, client_type, server_type, connection_type, calls, client_nanos, server_nanos, client_buckets, server_buckets, slowest, retention_days';
  await engine.command(
    `INSERT INTO ${TABLES.graphMinutes} (${columns}) SELECT '${org}', toStartOfMinute(toDateTime(${BEGIN}, 'UTC')), 'a', toString(number), 'service', 'service', 'direct', 20 * if(number < 3, 4 - number, 1), 1, 1, ${buckets}, ${buckets}, (1, '', ''), 30 FROM numbers(20000)`,
  );
  const runner = new QueryRunner(engine, { ...LIMITS, memoryBytesMax: 24 * MEBIBYTE });
  const read = async (limit: number) => {
    const sql = graphEdgesSql(TABLES, org, { ...RANGE, resolution: 'minute', limit });
    return (await runner.run(sql, new Deadline(patient()))).rows.map(readGraphEdge);
  };
  const edges = await read(100);
  expect(edges).toHaveLength(100);
  expect(edges.slice(0, 4).map(({ server, calls }) => [server.name, calls])).toMatchObject([
    ['0', 80],
    ['1', 60],
    ['2', 40],
    [expect.any(String), 20],
  ]);
  await expect(read(20_000)).rejects.toMatchObject({ code: 'query-too-large' });
});
