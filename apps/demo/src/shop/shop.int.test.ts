import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processEnv } from '@aegisguard/config';
import type { ServiceMapAnswer, TraceAnswer, TraceSearchAnswer } from '@aegisguard/model';
import { createApiKey, type JoinedServer, joinServer, signIn, whyNoRedis } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runIncidents } from '../incidents/incidents.ts';
import { INCIDENT_KINDS } from '../incidents/timetable.ts';
import { SHOP_ORIGIN } from '../visitors/rum-session.ts';
import { Shop } from './shop.ts';

// The real shop, with the official SDK in each of its processes, sends to the real product for as long as it takes to see it there.

/** What sends no spans is put on the map when its callers' spans have waited for half a minute; a busy machine is slow. */
const SOON = { timeout: 150_000, interval: 1000 };

const redisIsMissing = whyNoRedis();

let server: JoinedServer;
let api: Awaited<ReturnType<typeof signIn>>;
let shop: Shop;
let directory = '';

beforeAll(async () => {
  if (redisIsMissing !== undefined) return;
  server = await joinServer();
  api = await signIn(server.url, server.adminEmail, server.adminPassword);
  const [token, browser] = await Promise.all([
    createApiKey(server, 'token'),
    createApiKey(server, 'browser', { origins: [SHOP_ORIGIN] }),
  ]);
  directory = await mkdtemp(join(tmpdir(), 'aegis-demo-'));
  const { PATH = '', HOME = '' } = processEnv();
  shop = await Shop.open({
    dataDir: directory,
    target: { url: server.url, token: token.secret },
    rumKey: browser.key,
    seed: 7,
    env: { PATH, HOME },
    say: () => undefined,
  });
});

afterAll(async () => {
  await shop?.close();
  await server?.leave();
  if (directory !== '') await rm(directory, { recursive: true, force: true });
});

async function post<Answer>(path: string, body: object): Promise<Answer> {
  const answer = await api.post(path, body);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as Answer;
}

function checkOut(coupon?: string): Promise<Response> {
  return fetch(`${shop.url}/api/checkout`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ items: [{ productId: 3, quantity: 1 }], email: 'somebody@mail.example', coupon }),
  });
}

/** Buys as a browser does, and gives the trace that the answer names. */
async function buy(coupon?: string): Promise<string> {
  const answer = await checkOut(coupon);
  expect([201, 402]).toContain(answer.status);
  const trace = /-([0-9a-f]{32})-/u.exec(answer.headers.get('server-timing') ?? '')?.[1] ?? '';
  return answer.status === 201 ? trace : buy(coupon);
}

describe.skipIf(redisIsMissing !== undefined)(
  `the shop${redisIsMissing === undefined ? '' : ` (${redisIsMissing})`}`,
  () => {
    it('shows a purchase as one trace through all services, databases and the stream, with its logs', async () => {
      const traceId = await buy();
      const read = async (): Promise<TraceAnswer | undefined> => {
        const answer = await api.get(`/query/traces/${traceId}`);
        return answer.status === 200 ? ((await answer.json()) as TraceAnswer) : undefined;
      };
      const all = ['catalog', 'mailer', 'orders', 'payments', 'storefront'];
      await expect.poll(async () => (await read())?.services.toSorted()).toEqual(all);
      // The exporters of the services send one after the other: the trace is whole when nobody's parent is missing.
      await expect.poll(async () => (await read())?.warnings).toEqual([]);
      const trace = await read();
      expect(trace).toMatchObject({ rootService: 'storefront', rootName: 'POST /api/checkout', errorCount: 0 });
      const seen = trace?.spans.map(({ service, kind, name }) => `${service} ${kind} ${name}`) ?? [];
      expect(seen).toEqual(
        expect.arrayContaining([
          'orders server POST /orders',
          'orders client pg.query:COMMIT orders',
          'orders producer publish orders.placed',
          'catalog server GET /products/:id',
          'catalog client redis-GET',
          'payments server POST /charges',
          'mailer consumer process orders.placed',
        ]),
      );
      expect(trace?.spans.filter(({ parentSpanId }) => parentSpanId === null)).toHaveLength(1);
      const consumer = trace?.spans.find(({ kind }) => kind === 'consumer');
      expect(consumer?.links).toMatchObject([{ traceId, spanId: consumer?.parentSpanId }]);

      const query = `{service=~".+"} | trace_id="${traceId}"`;
      const logs = async () => {
        const found = await post<{ logs: { service: string; message: string }[] }>('/query/logs/search', { query });
        return found.logs.map(({ service, message }) => `${service}: ${message.replaceAll(/\d+/gu, 'n')}`);
      };
      await expect
        .poll(logs)
        .toEqual(
          expect.arrayContaining([
            'storefront: checkout of order n is complete',
            'orders: order n is paid',
            'payments: order n is charged',
            expect.stringMatching(/^mailer: wrote to \[REDACTED:email\] about order n$/u),
          ]),
        );
    });

    it('tells metrics of requests, runtime, databases and business', async () => {
      const services = async (metric: string) => {
        type Vector = { data: { result: { metric: { service_name: string } }[] } };
        const query = `count by (service_name) (${metric})`;
        const { data } = await post<Vector>('/query/metrics', { query });
        return data.result.map(({ metric: labels }) => labels.service_name).sort();
      };
      const every = ['catalog', 'mailer', 'orders', 'payments', 'storefront'];
      await expect.poll(() => services('nodejs_eventloop_delay_p99_seconds')).toEqual(every);
      await expect
        .poll(() => services('http_server_request_duration_seconds_count{http_route!=""}'))
        .toEqual(every.filter((name) => name !== 'mailer'));
      await expect.poll(() => services('db_client_operation_duration_seconds_count')).toEqual(['catalog', 'orders']);
      await expect.poll(() => services('shop_orders_total{outcome="paid"}')).toEqual(['orders']);
    });

    it('tells what browsers see, down to the trace of a request', async () => {
      type Sessions = { sessions: { sessionId: string; viewCount: number }[] };
      const sessions = async () => (await post<Sessions>('/query/rum/sessions', { application: 'shop' })).sessions;
      await expect.poll(async () => (await sessions()).some(({ viewCount }) => viewCount > 0)).toBe(true);
      const { sessionId } = (await sessions()).find(({ viewCount }) => viewCount > 0) ?? { sessionId: '' };
      const answer = await api.get(`/query/rum/sessions/${sessionId}`);
      type Session = { events: { type: string; attributes: { traceId?: string } }[] };
      const { events } = (await answer.json()) as Session;
      expect(new Set(events.map(({ type }) => type))).toEqual(
        new Set(['view', 'vital', 'resource', ...events.map(({ type }) => type)]),
      );
      const traceId = events.find(({ type }) => type === 'resource')?.attributes.traceId;
      const rootService = async () => {
        const found = await api.get(`/query/traces/${traceId}`);
        return found.status === 200 ? ((await found.json()) as TraceAnswer).rootService : undefined;
      };
      await expect.poll(rootService).toBe('storefront');
    });

    it('reports who guesses passwords', async () => {
      for (let attempt = 1; attempt <= 5; attempt++) {
        const answer = await fetch(`${shop.url}/api/login`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9' },
          body: JSON.stringify({ account: 'somebody', password: `guess ${attempt}` }),
        });
        expect(answer.status).toBe(401);
      }
      type Events = { items: { type: string; severity: string; ip: string }[] };
      const events = async (): Promise<Events> => (await api.get('/events?actor=somebody')).json() as Promise<Events>;
      await expect.poll(async () => (await events()).items.length).toBe(6);
      expect((await events()).items).toContainEqual(
        expect.objectContaining({ type: 'shop.password_guessing', severity: 'high', ip: '203.0.113.9' }),
      );
    });

    it('shows a deployment as a further version, without a request that fails', async () => {
      // Not 1.4.1, which has a fault: the shop's visitors buy beside us, some of them with a coupon that it does not know.
      await shop.deploy('orders', '1.4.2');
      await buy('welcome');
      const versions = async () => {
        const answer = await post<{ services: { service: string; versions: string[] }[] }>('/query/services', {});
        return answer.services.find(({ service }) => service === 'orders')?.versions.toSorted();
      };
      await expect.poll(versions).toEqual(['1.4.0', '1.4.2']);
      const failed = { query: '{ resource.service.name = "storefront" && kind = server && status = error }' };
      expect((await post<TraceSearchAnswer>('/query/traces/search', failed)).traces).toEqual([]);
    });

    it('starts a process again that was killed', async () => {
      const before = shop.pids.get('payments') ?? 0;
      process.kill(before, 'SIGKILL');
      await expect.poll(() => shop.pids.get('payments') ?? before).not.toBe(before);
      // Nothing is paid until it has started.
      await expect.poll(async () => (await checkOut()).status).toBe(201);
    });

    it('goes wrong in every way, and is put right again', async () => {
      const said: string[] = [];
      const plan = INCIDENT_KINDS.map((kind, index) => ({ kind, startMs: index * 1500, endMs: index * 1500 + 1000 }));
      await runIncidents(shop, plan, new AbortController().signal, (line) => said.push(line));
      expect(said.filter((line) => line.startsWith('incident: '))).toHaveLength(INCIDENT_KINDS.length);
      expect(said.filter((line) => line === 'the incident is over')).toHaveLength(INCIDENT_KINDS.length);
      await buy('welcome');
    });

    it('draws the map of services, databases, the stream and the network that sends nothing', async () => {
      const edges = async () => {
        const map = await post<ServiceMapAnswer>('/query/services/map', {});
        return map.edges.map(({ client, server: callee, system }) => `${client} > ${callee} ${system}`);
      };
      await expect
        .poll(edges, SOON)
        .toEqual(
          expect.arrayContaining([
            'user:user > service:storefront ',
            'service:storefront > service:catalog http',
            'service:storefront > service:orders http',
            'service:orders > service:payments http',
            'service:orders > service:mailer redis',
            'service:orders > database:orders postgresql',
            'service:catalog > database:catalog postgresql',
            'service:catalog > database:redis redis',
            'service:payments > external:card-network http',
          ]),
        );
    });
  },
);
