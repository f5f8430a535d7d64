import { type JoinedServer, joinServer, sendSigned, signIn } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

// What browsers report, read back by session.

let server: JoinedServer;
let api: Awaited<ReturnType<typeof signIn>>;
const BASE = Date.now() - 600_000;

beforeAll(async () => {
  server = await joinServer();
  api = await signIn(server.url, server.adminEmail, server.adminPassword);
});

afterAll(async () => {
  await server.leave();
});

function timeOf(ms: number): string {
  return new Date(BASE + ms).toISOString();
}

function shown(ms: number): string {
  return timeOf(ms).replace('Z', '000000Z');
}

async function send(body: { events: readonly object[]; [name: string]: unknown }): Promise<void> {
  const answer = await sendSigned(server.url, server, '/v1/rum', body);
  expect(await answer.json()).toMatchObject({ accepted: body.events.length, rejected: 0 });
}

async function sessions(body: object): Promise<{ sessions: { sessionId: string }[] }> {
  const answer = await api.post('/query/rum/sessions', body);
  expect(answer.status).toBe(200);
  return (await answer.json()) as { sessions: { sessionId: string }[] };
}

it('a session reads back equal, in order of time', async () => {
  const session = { application: 'shop', release: '1.2', env: 'prod', sessionId: 'session 1/ä', userId: 'u-1' };
  await send({
    ...session,
    events: [
      { type: 'error', timestamp: timeOf(2000), viewId: 'v1', name: 'TypeError', stack: 'at a\nat b' },
      {
        type: 'view',
        timestamp: timeOf(0),
        viewId: 'v1',
        url: 'https://shop.example/cart?x=1',
        attributes: { a: { b: [1] } },
      },
      { type: 'vital', timestamp: timeOf(1000), name: 'LCP', value: 0 },
    ],
  });
  await send({
    ...session,
    events: [
      { type: 'longtask', timestamp: timeOf(3000), durationMs: 120.5 },
      { type: 'replay', timestamp: timeOf(4000), data: [{ type: 4, data: { href: null } }, 'é'] },
    ],
  });
  const path = `/query/rum/sessions/${encodeURIComponent(session.sessionId)}`;
  const found = await vi.waitFor(async () => {
    const answer = await api.get(path);
    expect(answer.status).toBe(200);
    const body = (await answer.json()) as { events: unknown[] };
    expect(body.events).toHaveLength(5);
    return body;
  }, 60_000);
  expect(found).toMatchObject({
    ...session,
    startTime: shown(0),
    endTime: shown(4000),
    warnings: [],
    events: [
      {
        type: 'view',
        timestamp: shown(0),
        viewId: 'v1',
        url: 'https://shop.example/cart?x=1',
        attributes: { a: { b: [1] } },
      },
      { type: 'vital', timestamp: shown(1000), name: 'LCP', value: 0 },
      { type: 'error', timestamp: shown(2000), viewId: 'v1', name: 'TypeError', stack: 'at a\nat b' },
      { type: 'longtask', timestamp: shown(3000), durationMs: 120.5 },
      { type: 'replay', timestamp: shown(4000), data: [{ type: 4, data: { href: null } }, 'é'] },
    ],
  });
  expect(await sessions({ application: 'shop' })).toMatchObject({
    sessions: [
      {
        sessionId: session.sessionId,
        application: 'shop',
        userId: 'u-1',
        startTime: shown(0),
        endTime: shown(4000),
        eventCount: 5,
        errorCount: 1,
        viewCount: 1,
        hasReplay: true,
      },
    ],
  });
});

it('lists sessions newest first, by application and time', async () => {
  for (const n of [0, 1, 2]) {
    await send({
      application: 'blog',
      sessionId: `blog-${n}`,
      events: [{ type: 'view', timestamp: timeOf(n * 10_000), url: '/' }],
    });
  }
  const idsOf = async (body: object) => (await sessions(body)).sessions.map(({ sessionId }) => sessionId);
  await vi.waitFor(
    async () => expect(await idsOf({ application: 'blog' })).toEqual(['blog-2', 'blog-1', 'blog-0']),
    60_000,
  );
  expect(await idsOf({ application: 'blog', limit: 1 })).toEqual(['blog-2']);
  expect(await idsOf({ application: 'blog', start: timeOf(5000), end: timeOf(20_000) })).toEqual(['blog-1']);
  expect(await idsOf({ application: 'nothing' })).toEqual([]);
});

it('a session with the longest id is found', async () => {
  const sessionId = 'é'.repeat(255);
  await send({ application: 'long', sessionId, events: [{ type: 'view', timestamp: timeOf(0), url: '/' }] });
  await vi.waitFor(async () => {
    const answer = await api.get(`/query/rum/sessions/${encodeURIComponent(sessionId)}`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ sessionId });
  }, 60_000);
});

it('what is not there is not found; what is not valid is named', async () => {
  expect((await api.get('/query/rum/sessions/nobody')).status).toBe(404);
  expect((await api.post('/query/rum/sessions', { limit: 0 })).status).toBe(400);
  expect((await api.post('/query/rum/sessions', { start: 'now', end: 'now-1h' })).status).toBe(400);
});
