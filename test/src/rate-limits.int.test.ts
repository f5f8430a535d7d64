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

  const first = await send(server);
  expect(first.status).toBe(202);
  expect(first.headers.get('ratelimit-policy')).toBe('"org";q=5;w=60');
  expect(first.headers.get('ratelimit')).toMatch(/^"org";r=4;t=\d+$/);

  const rest = await Promise.all(Array.from({ length: 6 }, () => send(server)));
  expect(rest.filter(({ status }) => status === 202)).toHaveLength(4);
  const refused = rest.find(({ status }) => status === 429);
  expect(refused?.headers.get('ratelimit-policy')).toBe('"org";q=5;w=60');
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused?.json()).toMatchObject({ code: 'rate-limited', limit: 5 });

  // Seven requests of twelve are used; strangers use the address's up too.
  const strangers = await Promise.all(
    Array.from({ length: 8 }, () => send({ orgKey: 'stranger-key', orgSecret: 'x' })),
  );
  expect(strangers.filter(({ status }) => status === 401)).toHaveLength(5);
  const blocked = strangers.find(({ status }) => status === 429);
  expect(blocked?.headers.get('ratelimit-policy')).toBe('"ip";q=12;w=60');
});

it('does not count other requests', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => fetch(`${server.url}/health`)));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
});
