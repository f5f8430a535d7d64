import { createApiKey, type JoinedServer, joinServer, sendLogs } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

// Names and values of attributes come from outside. Whatever they are, what is listed of them finds the logs again that have them.

/** Names that say something to a language, a database or a runtime, or that no language could write. */
const KEYS = [
  '__proto__',
  'constructor',
  'toString',
  '__error__',
  '__error_details__',
  '__line__',
  '__name__',
  'organization_id',
  'attribute_shape',
  'facets',
  'labels',
  'g0',
  'pair',
  'by',
  'ip',
  'bool',
  "it's",
  'a"b',
  'a`b',
  'a\\',
  "' OR 1=1 --",
  'x}{y',
  'x=y',
  'x,y',
  'a b',
  'a.b-c/d',
  '日本語',
  'a\u0000b',
  'a\u202eb',
  'a\ud800b',
  '😀',
  '\r\n',
  '%s{{.}}',
  `k${'n'.repeat(200)}`,
];

const VALUES = [
  "it's",
  '"quoted"',
  '`ticks`',
  '\\',
  "\\'",
  "' OR 1=1 --",
  '{{.owner}}',
  '%',
  '_',
  'a=b',
  'line\nbreak\r\ttab',
  'nul\u0000nul',
  '\u202ertl',
  '\ufeffbom',
  'lone\ud800surrogate',
  '日本語😀',
  'é (combined: e\u0301)',
  '123456',
  '1e309',
  'true',
  'null',
  '{"json":[1,2]}',
  '<_>',
  ' blank ',
  `long${'x'.repeat(300)}`,
];

/** Each under one key, in the ways that logs come. */
const SENT = KEYS.map((key, at) => ({
  key,
  value: `${VALUES[at % VALUES.length]} ${at}`,
  message: `round ${at}`,
  name: key.replace(/[^A-Za-z0-9_]/gu, '_'),
}));
type Sent = (typeof SENT)[number];

let server: JoinedServer;
let token: string;

beforeAll(async () => {
  server = await joinServer();
  token = (await createApiKey(server, 'query')).secret;
  const { secret } = await createApiKey(server, 'token', { scopes: ['logs:write'] });
  const of = (way: number): readonly Sent[] => SENT.filter((_, at) => at % 3 === way);
  const native = of(0).map(({ key, value, message }) => ({
    service: 'round',
    message,
    attributes: Object.fromEntries([[key, value]]),
  }));
  expect((await sendLogs(server.url, server, native)).status).toBe(202);
  const post = (path: string, body: object) =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const values = of(1).map(({ key, value, message }, at) => [
    `${BigInt(Date.now()) * 1_000_000n + BigInt(at)}`,
    message,
    Object.fromEntries([[key, value]]),
  ]);
  const pushed = await post('/loki/api/v1/push', { streams: [{ stream: { service: 'round' }, values }] });
  expect([pushed.status, await pushed.text()]).toEqual([204, '']);
  const logRecords = of(2).map(({ key, value, message }) => ({
    timeUnixNano: `${BigInt(Date.now()) * 1_000_000n}`,
    body: { stringValue: message },
    attributes: [{ key, value: { stringValue: value } }],
  }));
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'round' } }] };
  const otlp = await post('/v1/logs', { resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] });
  expect([otlp.status, await otlp.text()]).toEqual([200, '{}']);
  await vi.waitFor(async () => expect(await found('{service="round"}')).toHaveLength(SENT.length), 60_000);
});

afterAll(() => server.leave());

async function json<Answer>(path: string, body?: object): Promise<Answer> {
  const answer = await fetch(`${server.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await answer.text();
  expect([answer.status, text]).toEqual([200, text]);
  return JSON.parse(text) as Answer;
}

/** The messages of the logs that a query finds. */
async function found(query: string): Promise<readonly string[]> {
  const { logs } = await json<{ logs: { message: string }[] }>('/query/logs/search', { query, limit: 1000 });
  return logs.map(({ message }) => message);
}

const range = `start=${Math.floor(Date.now() / 1000) - 3600}`;
const loki = <Answer>(path: string) => json<Answer>(`/loki/api/v1/${path}${path.includes('?') ? '&' : '?'}${range}`);

it('labels list every name', async () => {
  const { data } = await loki<{ data: string[] }>('labels');
  expect(data).toEqual(expect.arrayContaining(SENT.map(({ name }) => name)));
});

it.each(SENT)('the values of $key are listed, and find their logs', async ({ name, value, message }) => {
  const { data } = await loki<{ data: string[] }>(`label/${name}/values`);
  // Half a character is listed as text that says so.
  const own = value.isWellFormed() ? [value] : data.filter((one) => one.includes('lone'));
  expect(data).toEqual(expect.arrayContaining(own));
  const texts = await Promise.all(own.map((one) => found(`{${name}=${JSON.stringify(one)}}`)));
  expect(texts).toEqual([[message]]);
  if (value.isWellFormed()) {
    const filtered = `{service="round"} | ${name}=${JSON.stringify(value)} | ${name}!~"x|y"`;
    expect(await found(filtered)).toEqual([message]);
  }
});

it('facets count each value', async () => {
  const names = [...new Set(SENT.map(({ name }) => name))];
  const { facets } = await json<{ facets: { label: string; values: { value: string; count: number }[] }[] }>(
    '/query/logs/facets',
    { query: '{service="round"}', labels: names, limit: 100 },
  );
  const counted = facets.flatMap(({ label, values }) => values.map(({ value, count }) => `${label} ${value} ${count}`));
  const wellFormed = SENT.filter(({ value }) => value.isWellFormed());
  expect(counted).toEqual(expect.arrayContaining(wellFormed.map(({ name, value }) => `${name} ${value} 1`)));
  expect(counted).toHaveLength(SENT.length);
});

it('fields are detected of what was found', async () => {
  const { fields } = await loki<{ fields: { label: string }[] }>(
    `detected_fields?query=${encodeURIComponent('{service="round"}')}&line_limit=1000`,
  );
  // Labels that begin with two underscores are the language's own.
  const names = SENT.map(({ name }) => name).filter((name) => !name.startsWith('__'));
  expect(fields.map(({ label }) => label)).toEqual(expect.arrayContaining(names));
});
