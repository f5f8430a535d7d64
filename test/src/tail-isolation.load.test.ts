import { setTimeout as delay } from 'node:timers/promises';
import { createApiKey, type JoinedServer, joinServer, loadSeconds, Random, sendLogs } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSocket } from './open-socket.ts';
import { openTail } from './open-tail.ts';
import { idIn, logOf, newLine, TAIL_CASES, type TailCase, type TailedLine } from './testing/tailed-lines.ts';

// Tails of three organizations, all of which send: each shows what it asks for within a second, once, and nothing of others.

/** A minute by hand: `AEGIS_TEST_LOAD_SECONDS=60`. */
const SECONDS = loadSeconds(12);
const BATCH_EVERY_MS = 100;
/** Of each organization: a thousand lines a second altogether. */
const LINES_PER_BATCH = 34;
/** From the 202 to the tail. */
const LATENCY_P99_MS = 1000;
const ORGANIZATIONS = ['red', 'green', 'blue'] as const;

/** A tail, and what came. */
interface Watched extends TailCase {
  readonly of: string;
  readonly kind: 'events' | 'socket';
  /** Line → when it came first; again tells how many came more than once. */
  readonly came: Map<string, number>;
  readonly again: string[];
  dropped: number;
  close: () => void;
}

let servers: readonly JoinedServer[];

beforeAll(async () => {
  servers = await Promise.all(ORGANIZATIONS.map(() => joinServer()));
});

afterAll(() => servers[0]?.leave());

/** Two of three as events, the others as Loki's websocket. */
async function watch(server: JoinedServer, of: string, token: string, at: number): Promise<Watched> {
  const one = TAIL_CASES[at % TAIL_CASES.length] as TailCase;
  const kind = at % 3 === 2 ? 'socket' : 'events';
  const watched: Watched = { ...one, of, kind, came: new Map(), again: [], dropped: 0, close: () => undefined };
  const show = (text: string): void => {
    const id = idIn(text);
    if (watched.came.has(id)) {
      watched.again.push(id);
    } else {
      watched.came.set(id, performance.now());
    }
  };
  if (kind === 'socket') {
    const { socket } = await openSocket(server.url, one.query, token, {}, ({ streams, dropped_entries = [] }) => {
      watched.dropped += dropped_entries.length;
      for (const [, line] of streams.flatMap(({ values }) => values)) {
        show(line);
      }
    });
    watched.close = () => socket.close();
  } else {
    const tail = await openTail(server.url, token, one.query, {
      onEvent: ({ type, data }) => {
        watched.dropped += type === 'dropped' ? Number(data.count) : 0;
        if (type === 'message') {
          show(String(data.message));
        }
      },
    });
    expect(tail.status).toBe(200);
    watched.close = tail.close;
  }
  return watched;
}

/** All that was sent, with the time of its 202. */
async function sendAll(random: Random): Promise<ReadonlyMap<string, { line: TailedLine; storedMs: number }>> {
  const sent = new Map<string, { line: TailedLine; storedMs: number }>();
  const send = async (server: JoinedServer, of: string, batch: number): Promise<void> => {
    const lines = Array.from({ length: LINES_PER_BATCH }, (_, row) => newLine(random, of, `${of}-${batch}-${row}`));
    const { status } = await sendLogs(server.url, server, lines.map(logOf));
    const storedMs = performance.now();
    expect(status).toBe(202);
    for (const line of lines) {
      sent.set(line.id, { line, storedMs });
    }
  };
  const began = performance.now();
  const running: Promise<void>[] = [];
  for (let batch = 0; batch < (SECONDS * 1000) / BATCH_EVERY_MS; batch += 1) {
    await delay(Math.max(0, began + batch * BATCH_EVERY_MS - performance.now()));
    running.push(...servers.map((server, at) => send(server, ORGANIZATIONS[at] ?? '', batch)));
  }
  await Promise.all(running);
  return sent;
}

function percentile(sorted: readonly number[], share: number): number {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
}

it('under load tails show their lines within a second of the 202, once, and none that does not match or is of others', async ({
  annotate,
}) => {
  const tokens = await Promise.all(servers.map(async (server) => (await createApiKey(server, 'query')).secret));
  const tails = await Promise.all(
    servers.flatMap((server, org) =>
      TAIL_CASES.map((_, at) => watch(server, ORGANIZATIONS[org] ?? '', tokens[org] ?? '', at)),
    ),
  );
  const sent = await sendAll(new Random(11));
  const expected = (tail: Watched): string[] =>
    [...sent.values()].flatMap(({ line }) => (line.of === tail.of && tail.fits(line) ? [line.id] : []));
  for (const tail of tails) {
    const ids = expected(tail);
    const place = `${tail.of} ${tail.query}`;
    await expect
      .poll(() => tail.came.size + tail.dropped, { message: place, timeout: 20_000 })
      .toBeGreaterThanOrEqual(ids.length);
    const wanted = new Set(ids);
    expect([place, [...tail.came.keys()].filter((id) => !wanted.has(id)), tail.again]).toEqual([place, [], []]);
    tail.close();
  }
  const dropped = tails.reduce((sum, tail) => sum + tail.dropped, 0);
  await annotate(`${sent.size} lines sent in ${SECONDS} s, ${dropped} told to be missed`);
  const latest: number[] = [];
  for (const kind of ['events', 'socket'] as const) {
    const latencies = tails
      .filter((tail) => tail.kind === kind)
      .flatMap(({ came }) => [...came].map(([id, atMs]) => atMs - (sent.get(id)?.storedMs ?? Number.NaN)))
      .sort((a, b) => a - b);
    const [p50, p99, most] = [0.5, 0.99, 1].map((share) => percentile(latencies, share));
    await annotate(`${kind}: ${latencies.length} lines, ms after the 202: p50 ${p50}, p99 ${p99}, most ${most}`);
    expect(latencies.length).toBeGreaterThan(sent.size / 10);
    latest.push(p99 ?? Number.NaN);
  }
  expect(Math.max(...latest)).toBeLessThan(LATENCY_P99_MS);
});
