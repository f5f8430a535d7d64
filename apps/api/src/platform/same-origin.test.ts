import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { linkOrigin } from './public-url.ts';
import { demandSameOrigin } from './same-origin.ts';

const PUBLIC_URL = 'https://aegis.example.com';

/** Asks a server that tells what it makes of a request. */
async function ask(headers: Record<string, string>, publicUrl?: string, remoteAddress = '127.0.0.1') {
  const app = fastify();
  app.post('/', (request) => {
    demandSameOrigin(request, publicUrl);
    return { origin: linkOrigin(request, publicUrl) ?? null };
  });
  const sent = { host: 'aegis.internal:3000', ...headers };
  const answer = await app.inject({ method: 'POST', url: '/', headers: sent, remoteAddress });
  return { isTaken: answer.statusCode === 200, origin: answer.json().origin };
}

describe('demandSameOrigin', () => {
  it.each([
    [{}, true],
    [{ origin: 'http://aegis.internal:3000' }, true],
    [{ origin: 'https://aegis.internal:3000', 'sec-fetch-site': 'same-origin' }, true],
    [{ origin: 'http://aegis.internal' }, false],
    [{ origin: 'http://aegis.internal:3001' }, false],
    [{ origin: 'http://evil.example' }, false],
    [{ origin: 'null' }, false],
    [{ origin: '' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'none' }, true],
    [{ origin: PUBLIC_URL }, false],
  ])('takes %j: %s', async (headers, isTaken) => {
    expect((await ask(headers)).isTaken).toBe(isTaken);
  });

  it('takes the configured origin beside the host', async () => {
    expect((await ask({ origin: PUBLIC_URL }, PUBLIC_URL)).isTaken).toBe(true);
    expect((await ask({ origin: `${PUBLIC_URL}.evil.example` }, PUBLIC_URL)).isTaken).toBe(false);
  });
});

describe('linkOrigin', () => {
  it('is never what a request calls another machine', async () => {
    for (const host of ['evil.example', 'localhost.evil.example', 'localhost@evil.example', '127.0.0.1.evil.example']) {
      expect((await ask({ host })).origin).toBeNull();
      expect((await ask({ host }, PUBLIC_URL)).origin).toBe(PUBLIC_URL);
    }
    for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'localhost']) {
      expect((await ask({ host })).origin).toBe(`http://${host}`);
      expect((await ask({ host }, undefined, '::1')).origin).toBe(`http://${host}`);
      expect((await ask({ host }, undefined, '203.0.113.7')).origin).toBeNull();
    }
  });
});
