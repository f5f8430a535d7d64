import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type NewApiKey, signIn, startServer, type TestServer } from '@aegisguard/testkit';
import { cpuSeconds, peakRssMb, settledDiskBytes } from './process-usage.ts';
import { type BenchRow, percentile, whole } from './table.ts';

const CONNECTIONS = 4;
/** A load that has come to rest without being whole has lost something. */
const STORED_MS_MAX = 300_000;

/** An API of the running product, signed in. */
type Api = Awaited<ReturnType<typeof signIn>>;

/** What is sent, how, and how it is told that all of it can be read. */
interface IngestLoad {
  /** Of the records, e.g. `spans, OTLP protobuf`. */
  readonly name: string;
  /** As the worker's metrics name it. */
  readonly signal: 'metrics' | 'traces' | 'rum';
  readonly path: string;
  readonly bodies: readonly Buffer[];
  readonly records: number;
  /** Headers of a request; signing is part of what a client does. */
  readonly headers: (body: Buffer) => Record<string, string>;
  /** Whether the last record is found by a query. */
  readonly isReadable: (api: Api) => Promise<boolean>;
}

/** Makes a load once the product runs: keys come from its API. */
export type PrepareLoad = (server: TestServer) => Promise<IngestLoad>;

/** Runs the product as `npm start` does, sends everything, and waits until the last record can be read. Generator included, all bodies made before. */
export async function benchIngest(prepare: PrepareLoad): Promise<BenchRow[]> {
  const server = await startServer({ env: { AEGIS_LOG_LEVEL: 'warn' } });
  try {
    const pid = await server.serverPid();
    const api = await signIn(server.url, server.adminEmail, server.adminPassword);
    const load = await prepare(server);
    const cpuBefore = cpuSeconds(pid);
    const started = performance.now();
    const latenciesMs = await sendAll(server.url, load);
    const acceptedSeconds = (performance.now() - started) / 1000;
    await allStored(server.url, load);
    while (!(await load.isReadable(api))) {
      await delay(50);
    }
    const readableSeconds = (performance.now() - started) / 1000;
    const cpu = cpuSeconds(pid) - cpuBefore;
    const rss = peakRssMb(pid);
    const disk = await settledDiskBytes(`${server.dataDir}/clickhouse/store`);
    const bytes = load.bodies.reduce((sum, body) => sum + body.length, 0);
    const { name, records } = load;
    const conditions = `${whole(records)} records, ${(bytes / records).toFixed(1)} bytes each on the wire, ${CONNECTIONS} connections`;
    return [
      { name: `${name}: accepted per second`, value: whole(records / acceptedSeconds), note: conditions },
      { name: `${name}: readable per second`, value: whole(records / readableSeconds), note: 'until the last is read' },
      {
        name: `${name}: server CPU seconds per million`,
        value: ((cpu / records) * 1e6).toFixed(1),
        note: 'without the generator',
      },
      { name: `${name}: peak RSS of the server, MB`, value: whole(rss) },
      { name: `${name}: bytes on disk per record`, value: (disk / records).toFixed(1), note: 'merged parts removed' },
      {
        name: `${name}: request latency p50 / p99, ms`,
        value: `${percentile(latenciesMs, 0.5).toFixed(1)} / ${percentile(latenciesMs, 0.99).toFixed(1)}`,
      },
    ];
  } finally {
    await server.stop();
  }
}

/** Headers of a request with a token. */
export function bearer({ secret }: NewApiKey): Record<string, string> {
  return { authorization: `Bearer ${secret}` };
}

async function sendAll(url: string, load: IngestLoad): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const latenciesMs: number[] = [];
  let next = 0;
  const sender = async () => {
    for (let body = load.bodies[next++]; body !== undefined; body = load.bodies[next++]) {
      const sent = performance.now();
      await post(agent, `${url}${load.path}`, load.headers(body), body);
      latenciesMs.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, sender));
  agent.destroy();
  return latenciesMs;
}

/** Sends a body, again after a 503 as every client does; throws for any other refusal. */
async function post(agent: Agent, url: string, headers: Record<string, string>, body: Buffer): Promise<void> {
  for (;;) {
    const { status, text } = await postOnce(agent, url, headers, body);
    if (status >= 200 && status < 300) {
      return;
    }
    if (status !== 503) {
      throw new Error(`a request was answered ${status}: ${text}`);
    }
    await delay(200);
  }
}

function postOnce(
  agent: Agent,
  url: string,
  headers: Record<string, string>,
  body: Buffer,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } });
    outgoing.on('response', (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text }));
    });
    outgoing.on('error', reject).end(body);
  });
}

/** Waits until the worker has inserted every record, by its own counter: no query counts spans or samples. */
async function allStored(url: string, { signal, records }: IngestLoad): Promise<void> {
  const started = performance.now();
  const row = new RegExp(`^aegis_worker_rows_total\\{signal="${signal}"\\} (\\d+)$`, 'm');
  for (;;) {
    const text = await (await fetch(`${url}/metrics`)).text();
    const stored = Number(row.exec(text)?.[1] ?? 0);
    if (stored >= records) {
      return;
    }
    if (performance.now() - started > STORED_MS_MAX) {
      throw new Error(`only ${stored} of ${records} records are stored`);
    }
    await delay(50);
  }
}
