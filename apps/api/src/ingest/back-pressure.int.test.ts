import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedQueue, type QueueDriver } from '@aegisguard/queue';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BackPressure } from './back-pressure.ts';

const STREAM = 'logs:raw';
const WHO = { stream: STREAM, group: 'workers', consumer: 'test' };
const ALL = { countMax: 1000, bytesMax: 1e9, waitMs: 0 };
const BOUNDS = { depthMax: 20, bytesMax: 1000, ageMsMax: 60_000 };
const OWN = { code: 'queue-full', detail: expect.stringContaining('your organization'), retryAfterSeconds: 5 };
const EVERYBODYS = { ...OWN, detail: 'Too much is waiting to be stored; send it again later.' };

let directory: string;
let queue: QueueDriver;
let pressure: BackPressure;
let clockMs: number;

beforeEach(async () => {
  clockMs = 1_750_000_000_000;
  const logger = { info: () => undefined, warn: () => undefined };
  directory = await mkdtemp(join(tmpdir(), 'aegis-pressure-'));
  queue = await openEmbeddedQueue({ directory, logger, nowMs: () => clockMs });
  await queue.read(WHO, ALL);
  pressure = new BackPressure(queue, WHO.group, () => clockMs, BOUNDS);
});

afterEach(async () => {
  await queue.close();
  await rm(directory, { recursive: true, force: true });
});

async function fill(lane: string, count: number, bytes = 1): Promise<void> {
  const message = { lane, headers: '{}', body: new Uint8Array(bytes) };
  await Promise.all(Array.from({ length: count }, () => queue.append(STREAM, message)));
}

/** Asks when the figures of before are too old to be used. */
function admit(lane: string): Promise<void> {
  clockMs += 251;
  return pressure.admit(STREAM, lane);
}

it('refuses the organization that has half of the stream’s messages, and nobody else, until they are worked off', async () => {
  await fill('flood', 10);
  await admit('flood');
  await fill('flood', 5);
  await fill('other', 1);
  await expect(admit('flood')).rejects.toMatchObject(OWN);
  await admit('other');
  await admit('new');
  const deliveries = await queue.read(WHO, ALL);
  await expect(admit('flood')).rejects.toMatchObject(OWN);
  await queue.ack(
    WHO,
    deliveries.map(({ id }) => id),
  );
  await admit('flood');
});

it('refuses the organization that has half of the stream’s bytes', async () => {
  await fill('flood', 2, 300);
  await expect(admit('flood')).rejects.toMatchObject(OWN);
  await admit('other');
});

it('refuses the organization whose data waits too long, however old the others’ is', async () => {
  await fill('late', 1);
  clockMs += 60_000;
  await fill('other', 1);
  await expect(admit('late')).rejects.toMatchObject(OWN);
  await admit('other');
  await admit('new');
});

it('refuses everybody when the whole stream is full', async () => {
  await Promise.all(['a', 'b', 'c'].map((lane) => fill(lane, 7)));
  await expect(admit('a')).rejects.toMatchObject(EVERYBODYS);
  await expect(admit('new')).rejects.toMatchObject(EVERYBODYS);
  await fill('a', 4);
  await expect(admit('a')).rejects.toMatchObject(OWN);
});

it('looks at a stream apart from the others', async () => {
  await fill('flood', 15);
  await expect(admit('flood')).rejects.toMatchObject(OWN);
  await pressure.admit('traces:raw', 'flood');
});

it('goes by figures of a moment ago', async () => {
  await admit('a');
  await fill('a', 15);
  clockMs += 250;
  await pressure.admit(STREAM, 'a');
  await expect(admit('a')).rejects.toMatchObject(OWN);
});
