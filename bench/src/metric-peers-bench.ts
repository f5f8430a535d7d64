import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createApiKey, freePort, signIn, startServer } from '@aegisguard/testkit';
import { bearer } from './ingest-load.ts';
import { GRADED_QUERIES, type GradedQuery } from './metric-peer-queries.ts';
import { cpuSeconds, idle, settledDiskBytes } from './process-usage.ts';
import { remoteWriteLoad } from './sample-generator.ts';
import { type BenchRow, percentile, whole } from './table.ts';

const SERIES = 10_000;
const RANGE_MS = 2 * 3_600_000;
const SCRAPE_MS = 15_000;
const REQUEST_SAMPLES = 2000;
const CONNECTIONS = 4;
const RUNS = 7;
const READY_MS_MAX = 60_000;

/** A program that takes Prometheus's remote write and answers its queries. */
interface Peer {
  readonly name: string;
  readonly pid: number;
  readonly writeUrl: string;
  /** To before `/api/v1`. */
  readonly queryUrl: string;
  /** Who writes, and who asks. */
  readonly writeHeaders: Record<string, string>;
  readonly queryHeaders: Record<string, string>;
  readonly dataDirectory: string;
  /** Writes to the disk what is only in memory yet. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** What a peer did. */
interface PeerFigures {
  readonly samplesPerSecond: number;
  readonly cpuMicros: number;
  readonly bytes: number;
  readonly mediansMs: readonly number[];
}

/** The same samples in Prometheus, VictoriaMetrics and here, one after the other, and the same queries to each. Programs that are not installed are left out and named. */
export async function benchMetricPeers(thousands: number): Promise<BenchRow[]> {
  const rounds = Math.max(1, Math.min(RANGE_MS / SCRAPE_MS, Math.round((thousands * 5000) / SERIES)));
  const endMs = Math.floor((Date.now() - 60_000) / 60_000) * 60_000;
  const bodies = await remoteWriteLoad({ seriesCount: SERIES, rounds, requestSamples: REQUEST_SAMPLES, endMs });
  const figures = new Map<string, PeerFigures>();
  const missing: string[] = [];
  for (const [name, start] of Object.entries({
    Prometheus: startPrometheus,
    VictoriaMetrics: startVictoria,
    AegisGuard: startOurs,
  })) {
    const peer = await start();
    if (peer === undefined) {
      missing.push(name);
      continue;
    }
    try {
      figures.set(name, await measure(peer, bodies, rounds, endMs));
    } finally {
      await peer.stop();
    }
  }
  return [...rowsOf(figures, rounds), ...missing.map((name) => ({ name: `${name}: not installed`, value: '–' }))];
}

async function measure(peer: Peer, bodies: readonly Buffer[], rounds: number, endMs: number): Promise<PeerFigures> {
  const samples = rounds * SERIES;
  const cpuBefore = cpuSeconds(peer.pid);
  const begun = performance.now();
  const queue = bodies.values();
  await Promise.all(Array.from({ length: CONNECTIONS }, () => sendFrom(queue, peer)));
  // Every series has a sample of the last round.
  while ((await countSeries(peer, endMs)) < SERIES) {
    await delay(20);
  }
  const seconds = (performance.now() - begun) / 1000;
  const cpu = cpuSeconds(peer.pid) - cpuBefore;
  await idle(peer.pid);
  const mediansMs: number[] = [];
  for (const query of GRADED_QUERIES) {
    mediansMs.push(await medianOf(peer, query, endMs));
  }
  await peer.settle();
  const bytes = await settledDiskBytes(peer.dataDirectory);
  return { samplesPerSecond: samples / seconds, cpuMicros: (cpu / samples) * 1e6, bytes: bytes / samples, mediansMs };
}

async function sendFrom(queue: IterableIterator<Buffer>, { writeUrl, writeHeaders }: Peer): Promise<void> {
  for (const body of queue) {
    const answer = await fetch(writeUrl, {
      method: 'POST',
      body: new Uint8Array(body),
      headers: {
        ...writeHeaders,
        'content-type': 'application/x-protobuf',
        'content-encoding': 'snappy',
        'x-prometheus-remote-write-version': '0.1.0',
      },
    });
    if (!answer.ok) {
      throw new Error(`${writeUrl} answered ${answer.status}: ${await answer.text()}`);
    }
    await answer.arrayBuffer();
  }
}

async function countSeries(peer: Peer, endMs: number): Promise<number> {
  const body = (await ask(peer, { query: 'count({job="bench"})', rangeMs: 0, stepMs: 0 }, endMs)) as {
    readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] };
  };
  return Number(body.data.result[0]?.value[1] ?? 0);
}

/** The first run, with everything still to be read from the disk, counts as the others. */
async function medianOf(peer: Peer, query: GradedQuery, endMs: number): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const begun = performance.now();
    await ask(peer, query, endMs);
    times.push(performance.now() - begun);
  }
  return percentile(times, 0.5);
}

async function ask({ queryUrl, queryHeaders }: Peer, { query, rangeMs, stepMs }: GradedQuery, endMs: number) {
  const parameters =
    rangeMs === 0
      ? { query, time: String(endMs / 1000) }
      : { query, start: String((endMs - rangeMs) / 1000), end: String(endMs / 1000), step: String(stepMs / 1000) };
  const path = rangeMs === 0 ? 'query' : 'query_range';
  // VictoriaMetrics keeps answers; the others do not.
  const search = new URLSearchParams({ ...parameters, nocache: '1' });
  const answer = await fetch(`${queryUrl}/api/v1/${path}?${search}`, { headers: queryHeaders });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${query}: ${answer.status} ${text.slice(0, 200)}`);
  }
  return JSON.parse(text) as unknown;
}

function rowsOf(figures: ReadonlyMap<string, PeerFigures>, rounds: number): BenchRow[] {
  const row = (name: string, of: (figures: PeerFigures) => number, digits: number): BenchRow => {
    const values = [...figures].map(([peer, one]) => [peer, of(one)] as const);
    const ours = figures.get('AegisGuard');
    const ratios = values
      .filter(([peer]) => ours !== undefined && peer !== 'AegisGuard')
      .map(([peer, value]) => `${(of(ours as PeerFigures) / value).toFixed(2)} × ${peer}`);
    return {
      name: `metrics-peers: ${name}`,
      value: values.map(([peer, value]) => `${peer} ${digits === 0 ? whole(value) : value.toFixed(digits)}`).join(', '),
      note: ratios.join(', '),
    };
  };
  return [
    row(`samples/s until readable, of ${whole(rounds * SERIES)}`, ({ samplesPerSecond }) => samplesPerSecond, 0),
    row('CPU, µs a sample', ({ cpuMicros }) => cpuMicros, 2),
    row('bytes a sample on disk', ({ bytes }) => bytes, 2),
    ...GRADED_QUERIES.map(({ query, rangeMs, stepMs }, index) =>
      row(
        `${query.replaceAll('|', '\\|')}${rangeMs === 0 ? ' at the end' : ` over ${rangeMs / 60_000} min at ${stepMs / 1000} s`}, median ms`,
        ({ mediansMs }) => mediansMs[index] ?? Number.NaN,
        1,
      ),
    ),
  ];
}

async function startOurs(): Promise<Peer> {
  const server = await startServer({ env: { AEGIS_LOG_LEVEL: 'warn' } });
  await signIn(server.url, server.adminEmail, server.adminPassword);
  const [writer, asker] = [await createApiKey(server, 'token'), await createApiKey(server, 'query')];
  return {
    name: 'AegisGuard',
    pid: await server.serverPid(),
    writeUrl: `${server.url}/api/v1/write`,
    queryUrl: `${server.url}/prometheus`,
    writeHeaders: bearer(writer),
    queryHeaders: bearer(asker),
    dataDirectory: `${server.dataDir}/clickhouse/store`,
    settle: () => Promise.resolve(),
    stop: async () => {
      await server.stop();
    },
  };
}

async function startPrometheus(): Promise<Peer | undefined> {
  const directory = await mkdtemp(join(tmpdir(), 'aegis-bench-prometheus-'));
  const config = join(directory, 'prometheus.yml');
  await writeFile(config, 'global: {}\nstorage:\n  tsdb:\n    out_of_order_time_window: 3h\n');
  const address = `127.0.0.1:${await freePort()}`;
  const flags = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(directory, 'data')}`,
    `--web.listen-address=${address}`,
    '--web.enable-remote-write-receiver',
    '--web.enable-admin-api',
  ];
  return await startProgram('prometheus', flags, {
    name: 'Prometheus',
    writeUrl: `http://${address}/api/v1/write`,
    queryUrl: `http://${address}`,
    readyUrl: `http://${address}/-/ready`,
    directory,
    dataDirectory: join(directory, 'data'),
    settle: async () => {
      // A snapshot is the head as blocks, beside the log of what was written, which goes with it.
      await fetch(`http://${address}/api/v1/admin/tsdb/snapshot`, { method: 'POST' });
    },
    measured: join(directory, 'data', 'snapshots'),
  });
}

async function startVictoria(): Promise<Peer | undefined> {
  const directory = await mkdtemp(join(tmpdir(), 'aegis-bench-victoria-'));
  const address = `127.0.0.1:${await freePort()}`;
  return await startProgram(
    'victoria-metrics',
    [`-storageDataPath=${directory}`, `-httpListenAddr=${address}`, '-search.latencyOffset=0s', '-retentionPeriod=10y'],
    {
      name: 'VictoriaMetrics',
      writeUrl: `http://${address}/api/v1/write`,
      queryUrl: `http://${address}`,
      readyUrl: `http://${address}/health`,
      directory,
      dataDirectory: directory,
      settle: async () => {
        await fetch(`http://${address}/internal/force_flush`);
        await fetch(`http://${address}/internal/force_merge`);
      },
      measured: directory,
    },
  );
}

interface Program extends Omit<Peer, 'pid' | 'writeHeaders' | 'queryHeaders' | 'stop'> {
  readonly readyUrl: string;
  readonly directory: string;
  /** Where what is measured lies once it has settled. */
  readonly measured: string;
}

/** Starts a program of the machine; undefined when it is not installed. */
async function startProgram(command: string, flags: readonly string[], program: Program): Promise<Peer | undefined> {
  const { directory, measured, readyUrl } = program;
  if (spawnSync(command, ['--version']).error !== undefined) {
    await rm(directory, { recursive: true });
    return undefined;
  }
  const child = spawn(command, flags, { stdio: 'ignore' });
  await ready(child, readyUrl);
  return {
    ...program,
    pid: child.pid ?? 0,
    writeHeaders: {},
    queryHeaders: {},
    dataDirectory: measured,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
      await rm(directory, { recursive: true });
    },
  };
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  const begun = performance.now();
  while (
    !(await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null || performance.now() - begun > READY_MS_MAX) {
      throw new Error(`nothing answers at ${url}`);
    }
    await delay(100);
  }
}
