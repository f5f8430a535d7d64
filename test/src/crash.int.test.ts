import { readFileSync } from 'node:fs';
import { Random, sendLogs, signIn, startServer, suitePath, type TestServer } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

// What was answered 202 is stored, and stored and counted once, however often the server is killed meanwhile.

const BATCHES = 100;
const BATCH_ROWS = 500;
const KILLS = 5;
const CONNECTIONS = 4;
/** Of each step: a machine that is busy with much else starts a server in a minute. */
const PATIENCE_MS = 180_000;
const COUNTED = { kind: 'metric', type: 'counter', name: 'crash_logs_total', labels: { batch: '' } };
const COUNTING = { rules: [{ name: 'count', steps: [COUNTED] }] };

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
  // Before the first log, so that every one is counted.
  const { accessToken } = await signIn(server.url, server.adminEmail, server.adminPassword);
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ pipelines: COUNTING, version: 0 });
  expect((await fetch(`${server.url}/log-pipelines`, { method: 'PUT', headers, body })).status).toBe(200);
});

afterAll(async () => {
  await server.stop();
});

it(`${BATCHES} batches over ${KILLS} kills: every record of a 202 is found exactly once`, async () => {
  const lines = realLines();
  const accepted: number[] = [];
  const pending = Array.from({ length: BATCHES }, (_, batch) => batch);
  const sentAgain = new Set<number>();
  let url = server.url;
  const sender = async () => {
    for (let batch = pending.shift(); batch !== undefined; batch = pending.shift()) {
      const logs = Array.from({ length: BATCH_ROWS }, (_, row) => ({
        service: 'crash-story',
        message: lines[(batch * BATCH_ROWS + row) % lines.length],
        attributes: { batch, row },
        ...(hasIds(batch) ? { ingestId: `crash-${batch}-${row}` } : {}),
      }));
      // Clients do one of two things: the same key for the same batch until it has an answer, or an id for each record; these are sent once more than they need.
      const headers: Record<string, string> = hasIds(batch) ? {} : { 'x-idempotency-key': `crash-${batch}` };
      const answer = await sendLogs(url, server, logs, headers).catch(() => undefined);
      if (answer?.status === 202) {
        if (hasIds(batch) && !sentAgain.has(batch)) {
          sentAgain.add(batch);
          pending.push(batch);
        } else {
          accepted.push(batch);
        }
      } else {
        expect(answer === undefined || answer.status === 503 || answer.status === 409).toBe(true);
        await new Promise((resolve) => setTimeout(resolve, 100));
        pending.unshift(batch);
      }
    }
  };
  const killer = async () => {
    const random = new Random(5);
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const threshold = (kill * BATCHES) / (KILLS + 2) + random.below(5);
      await expect.poll(() => accepted.length, { timeout: PATIENCE_MS, interval: 5 }).toBeGreaterThanOrEqual(threshold);
      process.kill(await server.serverPid(), 'SIGKILL');
      url = await server.nextReady();
    }
  };
  await Promise.all([killer(), ...Array.from({ length: CONNECTIONS }, sender)]);
  expect(accepted).toHaveLength(BATCHES);

  const api = await signIn(url, server.adminEmail, server.adminPassword);
  const total = async () => {
    const answer = await api.post('/query/logs/histogram', { query: '{service="crash-story"}' });
    return ((await answer.json()) as { total: number }).total;
  };
  await expect.poll(total, { timeout: PATIENCE_MS, interval: 250 }).toBeGreaterThanOrEqual(BATCHES * BATCH_ROWS);
  // What comes again may come after everything else.
  await expect.poll(() => depthOfLogs(url), { timeout: PATIENCE_MS, interval: 250 }).toBe(0);
  expect(await readAll(api)).toEqual(Array.from({ length: BATCHES }, () => BATCH_ROWS));
  const counts = async () => {
    const answer = await api.post('/query/metrics', { query: 'crash_logs_total' });
    const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
    return data.result.map(({ value }) => Number(value[1]));
  };
  // All is added when the queue is empty; the next reading tells it.
  await expect
    .poll(counts, { timeout: PATIENCE_MS, interval: 500 })
    .toEqual(Array.from({ length: BATCHES }, () => BATCH_ROWS));
}, 600_000);

function hasIds(batch: number): boolean {
  return batch % 2 === 1;
}

async function depthOfLogs(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^aegis_queue_depth_messages\{[^}]*logs[^}]*\} (\d+)$/m.exec(text)?.[1]);
}

/** How many distinct rows each batch has; throws when one comes twice. */
async function readAll(api: Awaited<ReturnType<typeof signIn>>): Promise<number[]> {
  const seen = Array.from({ length: BATCHES }, () => new Set<number>());
  let cursor: string | null | undefined;
  do {
    const body = { query: '{service="crash-story"}', limit: 5000, ...(cursor ? { cursor } : {}) };
    const answer = await api.post('/query/logs/search', body);
    const page = (await answer.json()) as {
      logs: { attributes: { batch: number; row: number } }[];
      nextCursor: string | null;
    };
    for (const { attributes } of page.logs) {
      const rows = seen[attributes.batch];
      if (rows === undefined || rows.has(attributes.row)) {
        throw new Error(`row ${attributes.row} of batch ${attributes.batch} is stored twice`);
      }
      rows.add(attributes.row);
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return seen.map(({ size }) => size);
}

/** Real access-log lines where the suites are there, made-up ones otherwise. */
function realLines(): string[] {
  const path = suitePath('logs-elastic/apache_logs/apache_logs');
  if (path !== undefined) {
    return readFileSync(path, 'utf8').trim().split('\n');
  }
  const random = new Random(1);
  return Array.from({ length: 1000 }, () => `GET /page/${random.below(500)} 200 ${random.below(90_000)} "Mozilla/5.0"`);
}
