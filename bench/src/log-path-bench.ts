import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { signHeaders, signIn, startServer, type TestServer } from '@aegisguard/testkit';
import { generateBodies } from './log-generator.ts';
import { cpuSeconds, peakRssMb, settledDiskBytes } from './process-usage.ts';
import { type BenchRow, percentile, whole } from './table.ts';

const BATCH_ROWS = 1000;
const CONNECTIONS = 4;
const QUERY_RUNS = 15;
/** All logs lie in the hour before the load, as a service's would. */
const SPAN_MS = 3_600_000;

/** What one load of the log path gave. */
interface LoadResult {
  readonly acceptedSeconds: number;
  readonly searchableSeconds: number;
  readonly latenciesMs: readonly number[];
}

type Api = Awaited<ReturnType<typeof signIn>>;

/**
 * Signed HTTP request → row countable by query, over the product as `npm start` runs it, generator included; then the four queries over what was loaded.
 */
export async function benchLogPath(batches: number): Promise<BenchRow[]> {
  const endMs = Date.now();
  const bodies = generateBodies(batches, BATCH_ROWS, endMs, SPAN_MS / (batches * BATCH_ROWS));
  const rows = batches * BATCH_ROWS;
  const bodyBytes = bodies.reduce((sum, body) => sum + body.length, 0);
  const server = await startServer({ env: { AEGIS_LOG_LEVEL: 'warn' } });
  try {
    const pid = await server.serverPid();
    const api = await signIn(server.url, server.adminEmail, server.adminPassword);
    const range = { start: String(endMs - SPAN_MS - 1000), end: String(endMs + 1000) };
    const cpuBefore = cpuSeconds(pid);
    const load = await loadAll(server, api, bodies, rows, range);
    const cpu = cpuSeconds(pid) - cpuBefore;
    const rss = peakRssMb(pid);
    const queries = await benchQueries(api, range, rows);
    const disk = await settledDiskBytes(`${server.dataDir}/clickhouse/store`);
    const note = `${whole(rows)} logs of ${whole(bodyBytes / rows)} bytes, ${CONNECTIONS} connections`;
    return [
      { name: 'logs accepted per second', value: whole(rows / load.acceptedSeconds), note },
      {
        name: 'logs searchable per second',
        value: whole(rows / load.searchableSeconds),
        note: 'until the last is counted by a query',
      },
      {
        name: 'server CPU seconds per 100,000 logs',
        value: (cpu / (rows / 100_000)).toFixed(2),
        note: 'without the generator',
      },
      { name: 'peak RSS of the server, MB', value: whole(rss) },
      {
        name: 'bytes on disk per log',
        value: (disk / rows).toFixed(1),
        note: 'merged parts removed; indexes, counts and usage included',
      },
      {
        name: 'batch latency p50 / p99, ms',
        value: `${percentile(load.latenciesMs, 0.5).toFixed(1)} / ${percentile(load.latenciesMs, 0.99).toFixed(1)}`,
      },
      ...queries,
    ];
  } finally {
    await server.stop();
  }
}

async function loadAll(
  server: TestServer,
  api: Api,
  bodies: readonly Buffer[],
  rows: number,
  range: object,
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const latenciesMs: number[] = [];
  const queue = [...bodies];
  const started = performance.now();
  const sender = async () => {
    for (let body = queue.shift(); body !== undefined; body = queue.shift()) {
      const sent = performance.now();
      const status = await post(agent, `${server.url}/v1/logs`, signHeaders(server, body, Date.now()), body);
      latenciesMs.push(performance.now() - sent);
      if (status !== 202) {
        throw new Error(`a batch was answered ${status}`);
      }
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, sender));
  const acceptedSeconds = (performance.now() - started) / 1000;
  while ((await countAll(api, range)) < rows) {
    await delay(50);
  }
  agent.destroy();
  return { acceptedSeconds, searchableSeconds: (performance.now() - started) / 1000, latenciesMs };
}

function post(agent: Agent, url: string, headers: Record<string, string>, body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: 'POST',
      agent,
      headers: { ...headers, 'content-type': 'application/json', 'content-length': body.length },
    });
    outgoing.on('response', (incoming) => {
      incoming.resume().on('end', () => resolve(incoming.statusCode ?? 0));
    });
    outgoing.on('error', reject).end(body);
  });
}

async function countAll(api: Api, range: object): Promise<number> {
  const answer = await api.post('/query/logs/histogram', { query: '{}', ...range, buckets: 60 });
  return ((await answer.json()) as { total: number }).total;
}

async function benchQueries(api: Api, range: object, rows: number): Promise<BenchRow[]> {
  const matrix = (query: string) => () => api.post('/query/logs/search', { query, ...range, step: 60 });
  const cases: readonly (readonly [string, () => Promise<Response>])[] = [
    ['newest 50 with a word', () => api.post('/query/logs/search', { query: '{} |= "deadlock"', ...range, limit: 50 })],
    ['count per minute by level', matrix('sum by (level) (count_over_time({}[1m]))')],
    ['regex count', matrix('sum(count_over_time({} |~ "timed out after 3[0-9]+\\\\.[0-9] ms"[1m]))')],
    ['count for one attribute value', matrix('sum(count_over_time({customerId="c-4711"}[1m]))')],
  ];
  const result: BenchRow[] = [];
  for (const [name, ask] of cases) {
    const samples: number[] = [];
    for (let run = 0; run < QUERY_RUNS; run += 1) {
      const started = performance.now();
      const answer = await ask();
      const text = await answer.text();
      samples.push(performance.now() - started);
      if (answer.status !== 200) {
        throw new Error(`${name} was answered ${answer.status}: ${text}`);
      }
    }
    result.push({
      name: `query: ${name}, median ms`,
      value: percentile(samples, 0.5).toFixed(0),
      note: `over ${whole(rows)} logs, ${QUERY_RUNS} runs, through HTTP`,
    });
  }
  return result;
}
