import { createApiKey, type JoinedServer, joinServer, signHeaders } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// POST /v1/rum as browsers use it: keys that are no secret, and https://fetch.spec.whatwg.org/#http-cors-protocol.

const SHOP = 'https://shop.example';
let server: JoinedServer;
let key: string;

beforeAll(async () => {
  server = await joinServer();
  key = (await createApiKey(server, 'browser', { origins: [SHOP, 'https://*.cdn.example'] })).key;
});

afterAll(async () => {
  await server.leave();
});

const body = () =>
  JSON.stringify({
    application: 'shop',
    sessionId: 'session-1',
    events: [{ type: 'view', timestamp: Date.now(), url: 'https://shop.example/' }],
  });

function send(headers: Record<string, string>, query = '', text = body()): Promise<Response> {
  return fetch(`${server.url}/v1/rum${query}`, { method: 'POST', headers, body: text });
}

function preflight(headers: Record<string, string>, query = '', path = '/v1/rum'): Promise<Response> {
  const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-org-key' };
  return fetch(`${server.url}${path}${query}`, { method: 'OPTIONS', headers: { ...asked, ...headers } });
}

const allowed = (answer: Response) => answer.headers.get('access-control-allow-origin');

describe('a preflight', () => {
  it('is answered for two hours', async () => {
    const answer = await preflight({ origin: SHOP });
    expect(answer.status).toBe(204);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': SHOP,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type, content-encoding, x-org-key, x-idempotency-key',
      'access-control-max-age': '7200',
      vary: 'Origin',
    });
    expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
  });

  it('with a key answers its origins only, and no others than it would know', async () => {
    expect(allowed(await preflight({ origin: SHOP }, `?key=${key}`))).toBe(SHOP);
    for (const [origin, query] of [
      ['https://evil.example', `?key=${key}`],
      [SHOP, '?key=nobody-knows-me'],
      [SHOP, `?key=${server.orgKey}`],
    ] as const) {
      const answer = await preflight({ origin }, query);
      expect([answer.status, allowed(answer)]).toEqual([403, null]);
    }
  });

  it('is for this route only', async () => {
    for (const [path, status] of [
      ['/v1/logs', 405],
      ['/api/v1/write', 405],
      ['/auth/login', 404],
    ] as const) {
      const answer = await preflight({ origin: SHOP }, '', path);
      expect([answer.status, allowed(answer)]).toEqual([status, null]);
    }
  });
});

describe('taken', () => {
  it.each<[string, () => [headers: Record<string, string>, query: string]]>([
    ['a key in the header', () => [{ 'x-org-key': key, 'content-type': 'application/json', origin: SHOP }, '']],
    ['a beacon', () => [{ 'content-type': 'text/plain;charset=UTF-8', origin: SHOP }, `?key=${key}`]],
    ['a subdomain', () => [{ 'x-org-key': key, origin: 'https://a.b.cdn.example' }, '']],
  ])('%s', async (_, given) => {
    const [headers, query] = given();
    const answer = await send(headers, query);
    expect([answer.status, allowed(answer)]).toEqual([202, headers.origin]);
    expect(answer.headers.get('vary')).toBe('Origin');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
    expect(await answer.json()).toMatchObject({ accepted: 1, rejected: 0 });
  });

  it('signed, by a server of one’s own, which no page may read', async () => {
    const text = body();
    const answer = await send({ ...signHeaders(server, text), origin: SHOP }, '', text);
    expect([answer.status, allowed(answer)]).toEqual([202, null]);
  });
});

describe('refused', () => {
  it('another origin, or none: 403 that its page cannot read', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://shop.example', undefined]) {
      const answer = await send({ 'x-org-key': key, ...(origin === undefined ? {} : { origin }) });
      expect([answer.status, allowed(answer)]).toEqual([403, null]);
    }
  });

  it('errors can be read by the page', async () => {
    const answer = await send({ 'x-org-key': key, origin: SHOP }, '', '{"events":');
    expect([answer.status, allowed(answer)]).toEqual([400, SHOP]);
  });

  it('401 is the same whatever key was named', async () => {
    const seen = new Set<string>();
    for (const id of ['', 'nobody-knows-me', server.orgKey, (await createApiKey(server, 'token')).key]) {
      const answer = await send({ 'x-org-key': id, origin: SHOP });
      expect(answer.status).toBe(401);
      const { requestId, ...problem } = (await answer.json()) as Record<string, unknown>;
      seen.add(JSON.stringify([[...answer.headers].filter(([name]) => name !== 'date'), problem]));
    }
    expect(seen.size).toBe(1);
  });

  it('a browser key on other routes is 403', async () => {
    for (const path of ['/v1/logs', '/v1/metrics', '/v1/traces', '/api/v1/write', '/loki/api/v1/push']) {
      const headers = { 'x-org-key': key, origin: SHOP };
      const answer = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: '{}' });
      expect([path, answer.status, allowed(answer)]).toEqual([path, 403, null]);
    }
  });
});
