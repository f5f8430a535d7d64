import { openAccounts, SYSTEM_ACTOR } from '@aegisguard/accounts';
import { INGEST_SCOPES } from '@aegisguard/model';
import {
  type JoinedServer,
  joinServer,
  type Signer,
  sendLogs,
  sendSigned,
  signIn,
  TEST_SECRETS,
} from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectWithin } from './testing/expect-within.ts';

// What a policy says is done to the records of every signal, within seconds of its change, for its own organization alone.

const PASSWORD = 'another fine long password';
const EMAIL = 'hyacinth.vandermolen@planted-example.com';
const CARD = '4539578763621486';
const SSN = '536-22-8134';
const PHONE = '+442079460958';
const TEXT = `mail ${EMAIL} | card ${CARD} | ssn ${SSN} | phone ${PHONE} | TICKET-88123 | end`;
const POLICY = {
  detectors: { email: 'hash', card: 'mask', ssn: 'drop', phone: 'keep' },
  allowedFields: [{ field: 'contact', detectors: ['email'] }],
  secretFields: ['shoe_size'],
  customRules: [{ name: 'ticket', pattern: 'TICKET-(\\d+)' }],
};
/** A change holds 5 seconds later, unless the database lets the worker wait. */
const HOLDS_WITHIN_MS = 8_000;

interface Organization {
  readonly signer: Signer;
  readonly api: Awaited<ReturnType<typeof signIn>>;
}

let server: JoinedServer;
let a: Organization;
let b: Organization;

beforeAll(async () => {
  server = await joinServer();
  const accounts = openAccounts({ databaseUrl: server.databaseUrl, masterKey: TEST_SECRETS.masterKey });
  const { id } = await accounts.users.create({ email: `b@${server.domain}`, password: PASSWORD, name: 'B' });
  const orgB = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'B', ownerUserId: id });
  const { keyId, secret } = await accounts.ingestKeys.create(orgB, { name: 'b', scopes: INGEST_SCOPES });
  await accounts.close();
  a = { signer: server, api: await signIn(server.url, server.adminEmail, server.adminPassword) };
  b = { signer: { orgKey: keyId, orgSecret: secret }, api: await signIn(server.url, `b@${server.domain}`, PASSWORD) };
});

afterAll(async () => {
  await server.leave();
});

/** A log of that name; what is stored of it, as soon as it is. */
async function storedLog({ signer, api }: Organization, name: string): Promise<Record<string, unknown>> {
  const attributes = { note: TEXT, contact: EMAIL, other: EMAIL, shoe_size: 'forty two' };
  expect((await sendLogs(server.url, signer, [{ service: name, message: TEXT, attributes }])).status).toBe(202);
  return vi.waitFor(
    async () => {
      const answer = await api.post('/query/logs/search', { query: `{service="${name}"}` });
      const { logs } = (await answer.json()) as { logs: Record<string, unknown>[] };
      expect(logs).toHaveLength(1);
      return logs[0] as Record<string, unknown>;
    },
    { timeout: 60_000, interval: 100 },
  );
}

/** The text as it was stored as an attribute of a span, an attribute of a RUM event and a label of a metric. */
async function storedElsewhere({ signer, api }: Organization, name: string): Promise<unknown[]> {
  const timestamp = new Date().toISOString();
  const attributes = { note: TEXT };
  const traceId = name.padEnd(32, '0');
  const span = { traceId, spanId: '00000000000000a1', name: 'n', service: 's', startTime: timestamp, durationMs: 1 };
  const event = { type: 'action', timestamp, attributes };
  for (const [path, body] of [
    ['/v1/traces', { spans: [{ ...span, attributes }] }],
    ['/v1/rum', { application: 'shop', sessionId: name, events: [event] }],
    ['/v1/metrics', { metrics: [{ name: `m_${name}`, value: 1, labels: attributes }] }],
  ] as const) {
    expect((await sendSigned(server.url, signer, path, body)).status).toBe(202);
  }
  type Noted = { attributes: { note: string } }[];
  return vi.waitFor(async () => {
    const trace = (await (await api.get(`/query/traces/${traceId}`)).json()) as { spans: Noted };
    const session = (await (await api.get(`/query/rum/sessions/${name}`)).json()) as { events: Noted };
    const metrics = (await (await api.post('/query/metrics', { query: `m_${name}` })).json()) as {
      data: { result: { metric: { note: string } }[] };
    };
    const notes = [trace.spans[0]?.attributes, session.events[0]?.attributes, metrics.data.result[0]?.metric];
    expect(notes.every((members) => members !== undefined)).toBe(true);
    return notes.map((members) => members?.note);
  }, 60_000);
}

async function setPolicy({ api }: Organization): Promise<void> {
  const { version } = (await (await api.get('/organization/privacy')).json()) as { version: number };
  const headers = { authorization: `Bearer ${api.accessToken}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ policy: POLICY, version });
  const answer = await fetch(`${server.url}/organization/privacy`, { method: 'PUT', headers, body });
  expect(answer.status).toBe(200);
}

/** What stands in the text in the place of each value. */
function partsOf(text: unknown): Record<string, string | undefined> {
  const form =
    /^mail (?<email>.*?) \| card (?<card>.*?) \| ssn ?(?<ssn>.*?) ?\| phone (?<phone>.*?) \| (?<ticket>.*?) \| end$/;
  return { ...form.exec(String(text))?.groups };
}

describe('a policy', () => {
  it('is the default until it is changed, and the change holds within seconds', async () => {
    const before = await storedLog(a, 'a0');
    expect(partsOf(before.message)).toEqual({
      email: '[REDACTED:email]',
      card: '[REDACTED:card]',
      ssn: '[REDACTED:ssn]',
      phone: '[REDACTED:phone]',
      ticket: 'TICKET-88123',
    });
    expect(before.attributes).toMatchObject({ contact: '[REDACTED:email]', shoe_size: 'forty two' });
    await setPolicy(a);
    let tries = 0;
    const phone = async () => {
      tries += 1;
      return partsOf((await storedLog(a, `try${tries}`)).message).phone;
    };
    await expectWithin<string | undefined>(HOLDS_WITHIN_MS, phone, PHONE);
  });

  it('hashes, masks, drops and keeps, spares a field, and knows rules and names of its own', async () => {
    const { message, attributes } = await storedLog(a, 'a1');
    const { email, card, ssn, phone, ticket } = partsOf(message);
    expect(email).toMatch(/[0-9a-zA-Z_-]{8,}/);
    expect(email).not.toMatch(/hyacinth|REDACTED/);
    expect(card).toMatch(/1486$/);
    expect(card).not.toContain('4539');
    expect(ssn).toBe('');
    expect(phone).toBe(PHONE);
    expect(ticket).toBe('TICKET-[REDACTED:ticket]');
    expect(attributes).toMatchObject({ contact: EMAIL, note: message });
    expect(JSON.stringify(attributes)).not.toContain('forty two');
    const previewed = await a.api.post('/organization/privacy/preview', { text: TEXT });
    expect(await previewed.json()).toMatchObject({ text: message });
  });

  it('makes equal values equal in every signal, and different in every organization', async () => {
    const { message } = await storedLog(a, 'a2');
    expect(await storedElsewhere(a, 'a2')).toEqual([message, message, message]);
    expect((await storedLog(a, 'a3')).message).toBe(message);
    await setPolicy(b);
    const ofB = (await storedLog(b, 'b1')).message;
    expect(partsOf(ofB)).toEqual({ ...partsOf(message), email: expect.any(String) });
    expect(partsOf(ofB).email).not.toBe(partsOf(message).email);
  });

  it('is followed by counts of what it did, for its own organization alone', async () => {
    const { rows } = await vi.waitFor(async () => {
      const found = (await (await b.api.get('/privacy/findings')).json()) as { rows: Record<string, unknown>[] };
      expect(found.rows.length).toBeGreaterThan(0);
      return found;
    }, 60_000);
    expect(rows.map(({ signal }) => signal)).toEqual(rows.map(() => 'logs'));
    const ofMessage = rows.filter(({ place }) => place === 'message');
    expect(ofMessage.map(({ detector, strategy, total }) => [detector, strategy, total]).toSorted()).toEqual([
      ['card', 'mask', 1],
      ['custom:ticket', 'redact', 1],
      ['email', 'hash', 1],
      ['ssn', 'drop', 1],
    ]);
  });
});
