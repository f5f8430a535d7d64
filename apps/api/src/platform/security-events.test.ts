import { type IngestEnvelope, parseOrgId } from '@aegisguard/model';
import { buildPlatformEvents, verifyNativeEvents } from '@aegisguard/protocols';
import type { Appended, Message } from '@aegisguard/queue';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { SecurityEvents } from './security-events.ts';
import { SelfMetrics } from './self-metrics.ts';

const ORG = parseOrgId('00000000-0000-7000-8000-000000000001');
const OTHER = parseOrgId('00000000-0000-7000-8000-000000000002');
const NOW_MS = Date.parse('2026-11-26T10:00:00Z');

/** Takes messages, or fails while told to. */
class Queue {
  readonly streams: string[] = [];
  readonly messages: Message[] = [];
  isAway = false;
  append(stream: string, message: Message): Promise<Appended> {
    if (this.isAway) {
      return Promise.reject(new Error('away'));
    }
    this.streams.push(stream);
    this.messages.push(message);
    return Promise.resolve({ id: String(this.messages.length) });
  }
  /** What the worker makes of them, and for whom. */
  told() {
    return this.messages.flatMap(({ headers, body }) => {
      const envelope = JSON.parse(headers) as IngestEnvelope;
      expect(verifyNativeEvents(body, envelope)).toEqual({ total: envelope.accepted, rejected: [] });
      return buildPlatformEvents(body, envelope, []).map((record) => ({ orgId: envelope.orgId, ...record }));
    });
  }
}

function open(waitingMax?: number) {
  const queue = new Queue();
  const metrics = new SelfMetrics();
  const clock = { nowMs: NOW_MS };
  const logger = pino({ level: 'silent' });
  const parts = {
    queue,
    metrics,
    logger,
    nowMs: () => clock.nowMs,
    ...(waitingMax === undefined ? {} : { waitingMax }),
  };
  const lost = async () => (await metrics.securityEventsLost.get()).values[0]?.value;
  return { queue, metrics, clock, events: new SecurityEvents(parts), lost };
}

it('tells the organization at once, as the platform, in the form that the worker reads', async () => {
  const { events, queue } = open();
  events.raise(ORG, {
    type: 'keys.signature_invalid',
    actor: 'key-1',
    ip: '192.0.2.1',
    target: '/v1/logs',
    message: 'm',
    attributes: { kind: 'signed' },
  });
  await events.flush();
  expect(queue.streams).toEqual(['events:raw']);
  expect(queue.messages[0]?.lane).toBe(ORG);
  expect(JSON.parse(queue.messages[0]?.headers ?? '')).toMatchObject({
    signal: 'events',
    format: 'platform-json',
    retentionDays: 365,
  });
  expect(queue.told()).toMatchObject([
    {
      orgId: ORG,
      timestamp: BigInt(NOW_MS) * 1_000_000n,
      type: 'keys.signature_invalid',
      severity: 'medium',
      source: 'platform',
      actor: 'key-1',
      ip: '192.0.2.1',
      target: '/v1/logs',
      message: 'm',
      attributes: { kind: 'signed' },
      occurrences: 1,
    },
  ]);
});

it('folds a flood, and takes a severity that is said', async () => {
  const { clock, events, metrics, queue } = open();
  for (let n = 0; n < 1000; n += 1) {
    events.raise(ORG, { type: 'auth.login_failed', actor: 'ann', severity: 'high' });
  }
  clock.nowMs += 60_000;
  events.tellDue();
  await events.flush();
  expect(queue.told().map(({ severity, occurrences }) => [severity, occurrences])).toEqual([
    ['high', 1],
    ['high', 999],
  ]);
  expect((await metrics.securityEventsRaised.get()).values).toMatchObject([{ value: 1000 }]);
});

it('keeps what the queue does not take and tells it later; what there is no room for is counted', async () => {
  const { events, lost, queue } = open(3);
  queue.isAway = true;
  for (const actor of ['a', 'b', 'c', 'd']) {
    events.raise(ORG, { type: 'auth.login_failed', actor });
    await events.flush();
  }
  events.raise(OTHER, { type: 'auth.login_failed' });
  await events.flush();
  expect(await lost()).toBe(2);
  queue.isAway = false;
  await events.flush();
  expect(queue.told().map(({ actor }) => actor)).toEqual(['a', 'b', 'c']);
  expect(await lost()).toBe(2);
});

it('never throws, whatever it is told; cuts what is endless', async () => {
  const { events, lost, queue } = open();
  const endless: { self?: unknown } = {};
  endless.self = endless;
  events.raise(ORG, { type: 'access.denied', attributes: endless as never });
  events.raise(ORG, { type: 'auth.login_failed', actor: 'a'.repeat(1e6) });
  await events.flush();
  expect(queue.told().map(({ actor }) => actor.length)).toEqual([1024]);
  expect(await lost()).toBe(1);
});

it('hands over at its end what floods have come to, or says that it is lost', async () => {
  const first = open();
  first.events.raise(ORG, { type: 'access.denied' });
  first.events.raise(ORG, { type: 'access.denied' });
  await first.events.close();
  expect(first.queue.told().map(({ attributes }) => attributes.count)).toEqual([undefined, 1]);
  const second = open();
  second.queue.isAway = true;
  second.events.raise(ORG, { type: 'access.denied' });
  await second.events.close();
  expect(await second.lost()).toBe(1);
});
