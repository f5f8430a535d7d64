import { connect } from 'node:net';
import { createApiKey, Random, type Signer, sendLogs, signIn, startServer, type TestServer } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSocket } from './open-socket.ts';
import { openTail, type TestTail } from './open-tail.ts';
import { REMEMBERED_MS_MAX } from './testing/expect-within.ts';

let server: TestServer;
let api: Awaited<ReturnType<typeof signIn>>;

beforeAll(async () => {
  server = await startServer();
  api = await signIn(server.url, server.adminEmail, server.adminPassword);
});

afterAll(async () => {
  await server.stop();
});

// That a line is there within a second is measured where nothing else runs, in start.load.test.ts.
const SOON = { interval: 5 };

async function send(logs: readonly object[], signer: Signer = server): Promise<void> {
  expect((await sendLogs(server.url, signer, logs)).status).toBe(202);
}

/** How many tails the server says it has. */
async function activeTails(): Promise<number> {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^aegis_tails_active (?<count>\d+)$/m.exec(metrics)?.groups?.count);
}

/** Another organization: its owner's token, and a key of its own. */
async function otherOrganization(name: string): Promise<{ token: string; signer: Signer }> {
  const email = `${name}@example.com`;
  const password = 'another horse battery staple';
  const registered = await fetch(`${server.url}/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password, name, organizationName: name }),
  });
  expect(registered.status).toBe(201);
  const { accessToken } = (await registered.json()) as { accessToken: string };
  const made = await fetch(`${server.url}/apikeys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ name: 'key', kind: 'signed', scopes: ['logs:write'] }),
  });
  expect(made.status).toBe(201);
  const { key, secret } = (await made.json()) as { key: string; secret: string };
  return { token: accessToken, signer: { orgKey: key, orgSecret: secret } };
}

it('a line is in the stream within a second of its 202, scrubbed, as a search would show it and as the query left it', async () => {
  const query = '{service="cart"} |= "GET" | regexp "(?P<code>[0-9]{3})" | code >= 500 | line_format "{{.code}}"';
  const tail = await openTail(server.url, api.accessToken, query);
  expect(tail.status).toBe(200);
  const logs = ['200', '503'].map((code) => ({
    service: 'cart',
    level: 'error',
    message: `GET /cart ${code} for ann@example.com`,
    attributes: { http: { method: 'GET' } },
  }));
  await send(logs);
  await expect.poll(() => tail.events.length, SOON).toBe(1);
  const [event] = tail.events;
  expect(event?.data).toMatchObject({
    level: 'error',
    service: 'cart',
    message: 'GET /cart 503 for [REDACTED:email]',
    attributes: { http: { method: 'GET' } },
    line: '503',
    parsed: { code: '503' },
    labels: { service_name: 'cart', level: 'error', http_method: 'GET', code: '503' },
  });
  const { id, timestamp } = (event?.data ?? {}) as { id: string; timestamp: string };
  expect(event?.id).toMatch(new RegExp(`^\\d{19}-${id}$`));
  expect(Date.parse(timestamp)).toBe(Number(event?.id?.slice(0, 13)));
  tail.close();
});

it('of generated queries each gets all lines that it selects, once, no others, and none of another organization', async () => {
  const random = new Random(7);
  const other = await otherOrganization('tail-other');
  const services = ['api', 'cart', 'pay'] as const;
  const words = ['alpha', 'beta', 'gamma', 'delta'] as const;
  const levels = ['info', 'warn', 'error'] as const;
  type Line = { service: string; level: string; message: string; n: number };
  type Case = { query: string; fits: (line: Line) => boolean };
  const pick = <T>(from: readonly [T, ...T[]]): T => random.pick(from);
  const newCase = (): Case => {
    const [service, level, n] = [pick(services), pick(levels), random.below(100)];
    const [word, also] = [pick(words), pick(words)];
    return pick<Case>([
      { query: `{service="${service}"} |= "${word}"`, fits: (l) => l.service === service && l.message.includes(word) },
      {
        query: `{service=~"${service}|pay", level!="${level}"}`,
        fits: (l) => [service, 'pay'].includes(l.service) && l.level !== level,
      },
      { query: `{level="${level}"} | logfmt | n > ${n}`, fits: (l) => l.level === level && l.n > n },
      {
        query: `{service!="${service}"} !~ "${word}|${also}" | n <= ${n}`,
        fits: (l) => l.service !== service && ![word, also].some((each) => l.message.includes(each)) && l.n <= n,
      },
      { query: `{n="${n}"}`, fits: (l) => l.n === n },
    ]);
  };
  const tails = await Promise.all(
    Array.from({ length: 24 }, async (_, at) => {
      const own = at % 3 > 0;
      const { query, fits } = newCase();
      return { own, query, fits, tail: await openTail(server.url, own ? api.accessToken : other.token, query) };
    }),
  );
  const sent: Record<'own' | 'other', Line[]> = { own: [], other: [] };
  for (let batch = 0; batch < 30; batch += 1) {
    for (const who of ['own', 'other'] as const) {
      const lines = Array.from({ length: 40 }, (_, row) => {
        const n = random.below(100);
        return {
          service: pick(services),
          level: pick(levels),
          n,
          message: `of=${who} word=${pick(words)} n=${n} at=${batch}:${row}`,
        };
      });
      sent[who].push(...lines);
      await send(
        lines.map(({ n, ...line }) => ({ ...line, attributes: { n } })),
        who === 'own' ? server : other.signer,
      );
    }
  }
  for (const { own, query, fits, tail } of tails) {
    const expected = sent[own ? 'own' : 'other'].filter(fits).map(({ message }) => message);
    await expect.poll(() => [...tail.messages()].sort(), { message: query }).toEqual(expected.sort());
    expect([query, tail.dropped(), tail.end()]).toEqual([query, 0, undefined]);
    tail.close();
  }
});

it('a flood is counted where it is not shown', async () => {
  const tail = await openTail(server.url, api.accessToken, '{service="flood"}');
  const logs = Array.from({ length: 1000 }, (_, n) => ({ service: 'flood', message: `line ${n}` }));
  for (let batch = 0; batch < 10; batch += 1) {
    await send(logs);
  }
  // More in one batch than a tail gets of a second, so that it cannot have all, however slowly they come.
  await send(logs.map((log) => ({ ...log, message: log.message.padEnd(8000) })));
  await expect.poll(() => tail.messages().length + tail.dropped()).toBe(11_000);
  expect(tail.dropped()).toBeGreaterThan(0);
  expect(tail.messages().length).toBeGreaterThanOrEqual(1000);
  tail.close();
});

it('a reader that stops reading is told how much it missed', async () => {
  const { promise: readsAfter, resolve: read } = Promise.withResolvers<void>();
  const tail = await openTail(server.url, api.accessToken, '{service="long"}', { readsAfter });
  const message = 'long '.repeat(4000);
  for (let batch = 0; batch < 20; batch += 1) {
    await send(Array.from({ length: 50 }, () => ({ service: 'long', message })));
  }
  read();
  await expect.poll(() => tail.messages().length + tail.dropped()).toBe(1000);
  expect(tail.dropped()).toBeGreaterThan(0);
  tail.close();
});

it('a question for the head alone opens nothing that stays', async () => {
  const url = `${server.url}/query/logs/tail?${new URLSearchParams({ query: '{service="x"}' })}`;
  const before = await activeTails();
  const head = await fetch(url, { method: 'HEAD', headers: { authorization: `Bearer ${api.accessToken}` } });
  expect(head.status).toBe(200);
  // Tails of tests before may still be ending.
  await expect.poll(activeTails).toBeLessThanOrEqual(before);
});

describe('begins with what is stored', () => {
  const messages = (service: string, ...numbers: readonly number[]) =>
    numbers.map((n) => ({
      service,
      message: `${service} ${n}`,
      timestamp: new Date(Date.now() - 1000 + n).toISOString(),
    }));
  const found = async (service: string): Promise<number> => {
    const answer = await api.post('/query/logs/search', { query: `{service="${service}"}` });
    return ((await answer.json()) as { logs: unknown[] }).logs.length;
  };

  it('the newest since a time, oldest first, and goes on with what comes, each line once', async () => {
    await send(messages('kept', 1, 2, 3));
    await expect.poll(() => found('kept')).toBe(3);
    const parameters = { start: 'now-1h', limit: '2' };
    const tail = await openTail(server.url, api.accessToken, '{service="kept"}', { parameters });
    await send(messages('kept', 4));
    await expect.poll(() => tail.messages(), SOON).toEqual(['kept 2', 'kept 3', 'kept 4']);
    tail.close();
  });

  it('also where lines come in while it is asked for, none twice and none lost', async () => {
    const numbers = Array.from({ length: 60 }, (_, n) => n);
    const parameters = { start: 'now-1h', limit: '1000' };
    const tails: Awaited<ReturnType<typeof openTail>>[] = [];
    for (const n of numbers) {
      await send(messages('seam', n));
      if (n % 10 === 5) {
        tails.push(await openTail(server.url, api.accessToken, '{service="seam"}', { parameters }));
      }
    }
    const all = numbers.map((n) => `seam ${n}`).sort();
    for (const tail of tails) {
      await expect.poll(() => [...tail.messages()].sort()).toEqual(all);
      tail.close();
    }
  });

  it('behind the last event that a client had', async () => {
    const first = await openTail(server.url, api.accessToken, '{service="again"}');
    await send(messages('again', 1));
    await expect.poll(() => first.events.length, SOON).toBe(1);
    first.close();
    await send(messages('again', 2));
    await expect.poll(() => found('again')).toBe(2);
    const headers = { 'last-event-id': first.events[0]?.id ?? '' };
    const second = await openTail(server.url, api.accessToken, '{service="again"}', { headers });
    await expect.poll(() => second.messages(), SOON).toEqual(['again 2']);
    second.close();
  });
});

describe('refuses', () => {
  it.each([
    ['{', 400, 'invalid-query'],
    ['rate({a="b"}[1m])', 400, 'invalid-query'],
    ['{a=~"("}', 400, 'invalid-query'],
    ['', 400, 'invalid-request'],
  ])('%s', async (query, status, code) => {
    const answer = await api.get(`/query/logs/tail?query=${encodeURIComponent(query)}`);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code });
  });

  it('a fifty-first tail, until one is closed', async () => {
    const { token } = await otherOrganization('tail-many');
    const open = () => openTail(server.url, token, '{service="many"}');
    const tails = await Promise.all(Array.from({ length: 50 }, open));
    expect(tails.every(({ status }) => status === 200)).toBe(true);
    expect((await open()).status).toBe(429);
    tails[0]?.close();
    await expect
      .poll(async () => {
        const again = await open();
        again.close();
        return again.status;
      })
      .toBe(200);
    for (const tail of tails) {
      tail.close();
    }
  });
});

describe('ends within five seconds', () => {
  /** Sends lines until the tail ends. None is told that was sent later than five seconds from now, however long the machine takes to say the end, whose events are given. */
  async function endOf(tail: TestTail): Promise<TestTail['events']> {
    const changedMs = performance.now();
    const sendAndLook = async () => {
      await send([{ service: 'x', message: `${Math.round(performance.now() - changedMs)}` }]);
      return tail.end();
    };
    await expect.poll(sendAndLook, { interval: 100 }).toBe('ended');
    expect(tail.messages().filter((sentMs) => Number(sentMs) > REMEMBERED_MS_MAX)).toEqual([]);
    return tail.events.filter(({ type }) => type !== 'message');
  }

  it('when its session does', async () => {
    const person = await signIn(server.url, server.adminEmail, server.adminPassword);
    const tail = await openTail(server.url, person.accessToken, '{service="x"}');
    expect((await person.post('/auth/logout', {})).status).toBe(204);
    expect(await endOf(tail)).toEqual([
      { type: 'end', id: undefined, data: { reason: 'access', detail: 'The session has ended.' } },
    ]);
  });

  it('when its token is revoked, as a websocket, too', async () => {
    const { id, secret } = await createApiKey(server, 'query');
    const tail = await openTail(server.url, secret, '{service="x"}');
    const { socket } = await openSocket(server.url, '{service="x"}', secret);
    const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)));
    const revoked = await fetch(`${server.url}/apikeys/${id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${api.accessToken}` },
    });
    expect(revoked.status).toBe(204);
    expect((await endOf(tail)).map(({ type, data }) => [type, data.reason])).toEqual([['end', 'access']]);
    expect(await closed).toBe(1008);
  });
});

describe('Loki’s websocket', () => {
  it('brings streams of what the query made of lines, as a push named them', async () => {
    const { secret } = await createApiKey(server, 'query');
    const { frames, socket } = await openSocket(server.url, '{app="shop"} | logfmt', secret);
    const { secret: token } = await createApiKey(server, 'token', { scopes: ['logs:write'] });
    const ns = `${Date.now()}000123`;
    const pushed = await fetch(`${server.url}/loki/api/v1/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ streams: [{ stream: { app: 'shop' }, values: [[ns, 'user=ann n=1']] }] }),
    });
    expect(pushed.status).toBe(204);
    await expect
      .poll(() => frames, SOON)
      .toEqual([{ streams: [{ stream: { app: 'shop', user: 'ann', n: '1' }, values: [[ns, 'user=ann n=1']] }] }]);
    socket.close();
    const texts = async (more: Record<string, string>, sent: string, ...expected: readonly string[]) => {
      const late = await openSocket(server.url, '{app="shop"}', secret, more);
      await send([{ service: 'shop', message: sent, attributes: { app: 'shop' } }]);
      const all = () => late.frames.flatMap(({ streams }) => streams.flatMap(({ values }) => values));
      await expect
        .poll(() =>
          all()
            .map(([, text]) => text)
            .sort(),
        )
        .toEqual(expected);
      late.socket.close();
    };
    // Loki begins an hour back, unless something else is said.
    await texts({}, 'b', 'b', 'user=ann n=1');
    await texts({ start: `${BigInt(ns) + 1n}`, limit: '1', delay_for: '1' }, 'c', 'b', 'c');
  });

  it('is refused before it is one', async () => {
    await expect(openSocket(server.url, '{app="shop"}', 'no token')).rejects.toThrow('refused');
    await expect(openSocket(server.url, '{', api.accessToken)).rejects.toThrow('refused');
    const plain = await api.get('/loki/api/v1/tail?query=%7Bapp%3D%22shop%22%7D');
    expect(plain.status).toBe(400);
    expect(await plain.text()).toContain('websocket');
  });
});

it('says goodbye when the server stops, and keeps it from nothing', async () => {
  const tail = await openTail(server.url, api.accessToken, '{service="x"}');
  const { socket } = await openSocket(server.url, '{service="x"}', api.accessToken);
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)));
  // Two that take nothing, not even their end.
  const silent = await openTail(server.url, api.accessToken, '{service="last"}', { readsAfter: closed.then(() => {}) });
  const { host, hostname, port } = new URL(server.url);
  const deaf = connect(Number(port), hostname).pause();
  deaf.on('error', () => undefined);
  const head = [
    `GET /loki/api/v1/tail?${new URLSearchParams({ query: '{service="last"}' })} HTTP/1.1`,
    `host: ${host}`,
    `authorization: Bearer ${api.accessToken}`,
    'connection: upgrade',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  const before = await activeTails();
  deaf.write(`${head.join('\r\n')}\r\n\r\n`);
  await expect.poll(activeTails).toBe(before + 1);
  for (let batch = 0; batch < 12; batch += 1) {
    await send(Array.from({ length: 50 }, () => ({ service: 'last', message: 'last '.repeat(4000) })));
  }
  expect(await server.stop()).toBe(0);
  // Else the launcher would have ended it.
  expect(server.output()).not.toContain('does not finish in time');
  await expect.poll(() => tail.end()).toBe('ended');
  expect(tail.events.map(({ type, data }) => [type, data.reason])).toEqual([['end', 'shutdown']]);
  expect(await closed).toBe(1001);
  await expect.poll(() => silent.end()).toBeDefined();
  deaf.destroy();
});
