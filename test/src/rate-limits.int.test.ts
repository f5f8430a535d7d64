import { signHeaders, startServer, type TestServer } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

let server: TestServer;

beforeAll(async () => {
  server = await startServer({ env: { AEGIS_RATE_LIMIT_ORG_PER_MIN: '5', AEGIS_RATE_LIMIT_IP_PER_MIN: '12' } });
});

afterAll(async () => {
  await server.stop();
});

it('limits the organization, then the address, and says so in the headers', async () => {
  const body = '{"logs":[]}';
  const send = (signer: { orgKey: string; orgSecret: string }) =>
    fetch(`${server.url}/v1/logs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signHeaders(signer, body) },
      body,
    });

  const begunMs = performance.now();
  /** At most what a bucket of so many a minute has got back meanwhile. */
  const refilled = (perMinute: number) => Math.floor(((performance.now() - begunMs) * perMinute) / 60_000);

  const first = await send(server);
  expect(first.status).toBe(202);
  expect(first.headers.get('ratelimit-policy')).toBe('"org";q=5;w=60');
  expect(first.headers.get('ratelimit')).toMatch(/^"org";r=4;t=\d+$/);

  const rest = await Promise.all(Array.from({ length: 6 }, () => send(server)));
  const accepted = rest.filter(({ status }) => status === 202).length;
  expect(accepted).toBeGreaterThanOrEqual(4);
  expect(accepted).toBeLessThanOrEqual(4 + refilled(5));
  const refused = rest.find(({ status }) => status === 429);
  expect(refused?.headers.get('ratelimit-policy')).toBe('"org";q=5;w=60');
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused?.json()).toMatchObject({ code: 'rate-limited', limit: 5 });

  // Seven requests of twelve are used; strangers use the address's up too.
  const strangers = await Promise.all(
    Array.from({ length: 12 }, () => send({ orgKey: 'stranger-key', orgSecret: 'x' })),
  );
  const unknown = strangers.filter(({ status }) => status === 401).length;
  expect(unknown).toBeGreaterThanOrEqual(5);
  expect(unknown).toBeLessThanOrEqual(5 + refilled(12));
  const blocked = strangers.find(({ status }) => status === 429);
  expect(blocked?.headers.get('ratelimit-policy')).toBe('"ip";q=12;w=60');
});

it('does not count other requests', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => fetch(`${server.url}/health`)));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
});
