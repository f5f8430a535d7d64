import { readFile } from 'node:fs/promises';
import { createApiKey, Random, startServer, type TestServer } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SampleBody, sampleBodies } from './wire/sample-bodies.ts';

// Whatever bytes come, on whatever route: an answer below 500, a process that lives, and memory within bounds.

const MUTATIONS = 400;
const RSS_BYTES_MAX = 1.5 * 1024 ** 3;
const CONNECTIONS = 8;

let server: TestServer;
let token = '';

beforeAll(async () => {
  server = await startServer();
  token = (await createApiKey(server, 'token', { name: 'fuzz' })).secret;
});

afterAll(async () => {
  await server.stop();
});

function send({ path, headers, wrap }: SampleBody, bytes: Uint8Array): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${token}` },
    body: wrap(bytes),
  });
}

/** Bytes changed, cut, repeated or moved; several times. */
function mutate(random: Random, seed: Uint8Array): Buffer {
  let bytes = Buffer.from(seed);
  for (let change = random.below(4); change >= 0; change -= 1) {
    const at = random.below(bytes.length + 1);
    switch (random.below(5)) {
      case 0:
        bytes[Math.min(at, bytes.length - 1)] = random.below(256);
        break;
      case 1:
        bytes = bytes.subarray(0, at);
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([random.below(256)]), bytes.subarray(at)]);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - random.below(40)))]);
        break;
      default:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.below(20))]);
    }
    if (bytes.length === 0) {
      bytes = Buffer.from([random.below(256)]);
    }
  }
  return bytes;
}

it.each(sampleBodies(Date.now()))('$name: taken as it is; $path survives what is made of it', async (sample) => {
  const whole = await send(sample, sample.body);
  expect(whole.status, await whole.text()).toBeLessThan(300);
  const random = new Random(sample.name.length * 7919);
  const statuses = new Map<number, number>();
  const sender = async (): Promise<void> => {
    for (let count = 0; count < MUTATIONS / CONNECTIONS; count += 1) {
      const answer = await send(sample, mutate(random, sample.body));
      await answer.arrayBuffer();
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, sender));
  expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
});

it('is the same process, within its memory', async () => {
  const status = await readFile(`/proc/${await server.serverPid()}/status`, 'utf8');
  expect(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024).toBeLessThan(RSS_BYTES_MAX);
  expect(server.output()).not.toContain('the server ended');
});
