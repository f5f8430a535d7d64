import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { freePort } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createOutgoing, type OutgoingOptions } from './outgoing.ts';
import type { OutgoingError } from './outgoing-error.ts';
import { outgoingFetch } from './outgoing-fetch.ts';
import { createResolver } from './resolve-name.ts';
import { startDnsServer } from './testing/dns-server.ts';

const ZEROS = Buffer.alloc(1_000_000);

/** What the server of the tests answers, by path. */
const ROUTES: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  '/echo': async (request, response) => {
    const body = (await request.toArray()).join('');
    response.end(JSON.stringify({ method: request.method, headers: request.headers, body }));
  },
  '/empty': (_request, response) => void response.writeHead(204).end(),
  '/failed': (_request, response) => void response.writeHead(500).end('no'),
  '/header': (_request, response) => void response.setHeader('x-long', 'x'.repeat(20_000)).end(),
  '/large': (_request, response) => void response.end(ZEROS),
  '/gzip': (_request, response) => void response.setHeader('content-encoding', 'gzip').end(gzipSync('small')),
  '/bomb': (_request, response) => void response.setHeader('content-encoding', 'gzip').end(gzipSync(ZEROS)),
  '/bomb-br': (_request, response) => void response.setHeader('content-encoding', 'br').end(brotliCompressSync(ZEROS)),
  '/twice': (_request, response) => void response.setHeader('content-encoding', 'gzip, gzip').end('x'),
  '/broken': (_request, response) => void response.setHeader('content-encoding', 'gzip').end('not gzip'),
  '/silent': () => undefined,
  '/drip': (_request, response) => void response.write('begun'),
  '/to-echo': (_request, response) => void response.writeHead(307, { location: '/echo' }).end(),
  '/to-metadata': (_request, response) =>
    void response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
  '/to-loopback': (_request, response) =>
    void response.writeHead(302, { location: `http://127.0.0.2:${port}/echo` }).end(),
  '/to-name': (_request, response) =>
    void response.writeHead(302, { location: `http://inside.example:${port}/echo` }).end(),
  '/round': (_request, response) => void response.writeHead(302, { location: '/round' }).end(),
};

let server: Server;
let port = 0;
let requests = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    requests += 1;
    ROUTES[request.url ?? '']?.(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const INSIDE = [{ address: '127.0.0.1', family: 4 }];
const open = (options: Partial<OutgoingOptions> = {}) => createOutgoing({ allowPrivate: true, ...options });
const at = (path: string) => `http://127.0.0.1:${port}${path}`;

async function failureOf(work: Promise<unknown>): Promise<OutgoingError> {
  return work.then(
    () => expect.fail('it was answered'),
    (error: OutgoingError) => error,
  );
}

describe('a call', () => {
  it('sends what it was given and says who it is', async () => {
    const answer = await open({ userAgent: 'AegisGuard/test' }).call({
      method: 'POST',
      url: at('/echo'),
      headers: { 'X-Aegis-Signature': 'v1=00' },
      body: 'body',
    });
    expect(answer.status).toBe(200);
    expect(JSON.parse(Buffer.from(answer.body).toString())).toMatchObject({
      method: 'POST',
      body: 'body',
      headers: { 'user-agent': 'AegisGuard/test', 'x-aegis-signature': 'v1=00', host: `127.0.0.1:${port}` },
    });
  });

  it('takes every status for an answer', async () => {
    expect(await open().call({ url: at('/failed') })).toMatchObject({ status: 500, body: Buffer.from('no') });
  });

  it('is refused where method or headers are not the caller’s to choose', async () => {
    const before = requests;
    for (const call of [
      { method: 'CONNECT' },
      { method: 'TRACE' },
      { headers: { Host: 'elsewhere' } },
      { headers: { 'transfer-encoding': 'chunked' } },
      { headers: { 'content-length': '3' } },
      { headers: { 'x-a': 'b\r\nx-injected: c' } },
      { headers: { 'x-a\r\nx-injected': 'c' } },
    ]) {
      const error = await failureOf(open().call({ url: at('/echo'), ...call }));
      expect(error.code, JSON.stringify(call)).toBe('refused-request');
    }
    expect(requests).toBe(before);
  });

  it('uses no proxy of the environment', async () => {
    for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY']) vi.stubEnv(name, `http://127.0.0.1:${port}`);
    vi.stubEnv('NODE_USE_ENV_PROXY', '1');
    const outgoing = open({ allowPrivate: false, resolve: async () => INSIDE });
    const before = requests;
    expect((await failureOf(outgoing.call({ url: 'http://hooks.example.com/' }))).code).toBe('refused-address');
    expect(requests).toBe(before);
    vi.unstubAllEnvs();
  });
});

describe('addresses', () => {
  it.each([
    '127.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '2130706433',
    '0x7f.1',
    '0',
    'localhost',
    'localhost.',
    'a.localhost',
  ])('refuses %s without connecting', async (host) => {
    const before = requests;
    const error = await failureOf(open({ allowPrivate: false }).call({ url: `http://${host}:${port}/echo` }));
    expect(error.code).toBe('refused-address');
    expect(requests).toBe(before);
  });

  it('looks at what DNS gave for each connection, so that a name that changes its mind gains nothing', async () => {
    // The server of the tests is inside itself; it alone counts as outside here.
    const answers = [['127.0.0.1'], ['127.0.0.2'], ['127.0.0.1', '127.0.0.2'], ['127.0.0.1'], []];
    const dns = await startDnsServer(() => answers.shift());
    const outgoing = open({
      mayCall: (address) => address === '127.0.0.1',
      resolve: createResolver({ asksSystem: false, servers: [dns.address] }),
    });
    const before = requests;
    const outcomes: unknown[] = [];
    for (const _answer of [...answers]) {
      const call = outgoing.call({ url: `http://rebind.example:${port}/echo` });
      outcomes.push(
        await call.then(
          ({ status }) => status,
          ({ code }: OutgoingError) => code,
        ),
      );
    }
    dns.stop();
    expect(outcomes).toEqual([200, 'refused-address', 'refused-address', 200, 'refused-address']);
    expect(requests - before).toBe(2);
    // One question for each connection: what was looked at is what was connected to.
    expect(answers).toEqual([]);
  });

  it('refuses a name with one address inside among others', async () => {
    const resolve = async () => [{ address: '8.8.8.8', family: 4 }, ...INSIDE];
    const error = await failureOf(open({ allowPrivate: false, resolve }).call({ url: 'http://mixed.example/' }));
    expect(error.code).toBe('refused-address');
  });

  it('says the same of a name that leads inside and one that does not exist', async () => {
    const inside = open({ allowPrivate: false, resolve: async () => INSIDE });
    const nowhere = open({
      allowPrivate: false,
      resolve: async () => Promise.reject(new Error('getaddrinfo ENOTFOUND db.internal')),
    });
    const errors = await Promise.all(
      [inside, nowhere].map((outgoing) => failureOf(outgoing.call({ url: 'http://db.internal/' }))),
    );
    const [first, second] = errors.map(({ code, message }) => ({ code, message }));
    expect(first).toEqual(second);
  });

  it('says the same of a closed port, one that speaks something else, and one without TLS', async () => {
    const ssh = createTcpServer((socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    ssh.listen(0, '127.0.0.1');
    await once(ssh, 'listening');
    const urls = [
      `http://127.0.0.1:${await freePort()}/`,
      `http://127.0.0.1:${(ssh.address() as AddressInfo).port}/`,
      `https://127.0.0.1:${port}/`,
    ];
    const errors = await Promise.all(urls.map((url) => failureOf(open().call({ url }))));
    ssh.close();
    for (const { code, message } of errors) {
      expect({ code, message }).toEqual({ code: 'unreachable', message: 'The host did not answer over HTTP' });
    }
  });
});

describe('redirects', () => {
  it('are answers, unless they are asked to be followed', async () => {
    expect(await open().call({ url: at('/to-echo') })).toMatchObject({ status: 307, headers: { location: '/echo' } });
    const answer = await open().call({ url: at('/to-echo'), method: 'POST', body: 'b', redirectsMax: 1 });
    expect(answer).toMatchObject({ status: 200, url: at('/echo') });
    expect(JSON.parse(Buffer.from(answer.body).toString())).toMatchObject({ method: 'POST', body: 'b' });
  });

  it('do not lead inside', async () => {
    // The server of the tests is inside itself; it alone counts as outside here.
    const resolve = async () => [{ address: '127.0.0.2', family: 4 }];
    const outgoing = open({ mayCall: (address) => address === '127.0.0.1', resolve });
    for (const path of ['/to-metadata', '/to-loopback', '/to-name']) {
      const before = requests;
      const error = await failureOf(outgoing.call({ url: at(path), redirectsMax: 3 }));
      expect([error.code, requests - before], path).toEqual(['refused-address', 1]);
    }
  });

  it('end after three, however many are allowed', async () => {
    const before = requests;
    const error = await failureOf(open().call({ url: at('/round'), redirectsMax: 99 }));
    expect([error.code, requests - before]).toEqual(['refused-redirect', 4]);
  });
});

describe('limits', () => {
  it.each(['/large', '/bomb', '/bomb-br', '/header'])('end an answer that is too large: %s', async (path) => {
    const error = await failureOf(open().call({ url: at(path), answerBytesMax: 10_000 }));
    expect(error.code).toBe('too-large');
  });

  it('count bytes exactly', async () => {
    const call = (answerBytesMax: number) => open().call({ url: at('/large'), answerBytesMax });
    expect((await call(ZEROS.length)).body.length).toBe(ZEROS.length);
    expect((await failureOf(call(ZEROS.length - 1))).code).toBe('too-large');
  });

  it('unpack what is packed, and say what cannot be', async () => {
    const answer = await open().call({ url: at('/gzip') });
    expect(Buffer.from(answer.body).toString()).toBe('small');
    expect(answer.headers).not.toHaveProperty('content-encoding');
    for (const path of ['/twice', '/broken']) {
      expect((await failureOf(open().call({ url: at(path) }))).code).toBe('unreadable');
    }
  });

  it.each(['/silent', '/drip'])('end a call that takes too long: %s', async (path) => {
    expect((await failureOf(open().call({ url: at(path), timeoutMs: 100 }))).code).toBe('timeout');
  });

  it('hold while DNS does not answer', async () => {
    const outgoing = open({ resolve: () => new Promise(() => undefined) });
    expect((await failureOf(outgoing.call({ url: 'http://slow.example/', timeoutMs: 100 }))).code).toBe('timeout');
  });

  it('let a caller give up', async () => {
    const giveUp = new AbortController();
    const call = failureOf(open().call({ url: at('/silent'), signal: giveUp.signal }));
    giveUp.abort(new Error('no longer wanted'));
    expect((await call).code).toBe('cancelled');
  });
});

describe('as fetch', () => {
  it('answers with a Response', async () => {
    const fetch = outgoingFetch(open());
    const form = new URLSearchParams({ grant_type: 'authorization_code' });
    const answer = await fetch(at('/echo'), { method: 'POST', body: form, headers: { accept: 'application/json' } });
    expect(answer).toBeInstanceOf(Response);
    expect(await answer.json()).toMatchObject({ method: 'POST', body: 'grant_type=authorization_code' });
    expect((await fetch(at('/empty'))).status).toBe(204);
    expect((await fetch(at('/to-echo'))).status).toBe(307);
    expect((await failureOf(outgoingFetch(open({ allowPrivate: false }))(at('/echo')))).code).toBe('refused-address');
  });
});
