import { type JoinedServer, joinServer, sendSigned, signIn } from '@aegisguard/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Asker, runHostile } from './testing/hostile-run.ts';
import { hostileTraceRequest } from './testing/hostile-trace-requests.ts';

// Whatever is asked for traces, in TraceQL or beside it: an answer in time that is no failure of the server's, and nothing of another organization.

const REQUESTS = 1000;
const SEED = 20_261_127;
const TRACES = 12;

const joined: JoinedServer[] = [];
let askers: readonly [Asker, Asker];

beforeAll(async () => {
  askers = await Promise.all([open('captain', 'marlinspike'), open('boatswain', 'quarterdeck')]);
});

afterAll(async () => {
  await Promise.all(joined.map((access) => access.leave()));
});

/** An organization with traces of every shape: circles, orphans, roots without end. */
async function open(owner: string, secret: string): Promise<Asker> {
  const access = await joinServer();
  joined.push(access);
  const api = await signIn(access.url, access.adminEmail, access.adminPassword);
  const spans = Array.from({ length: TRACES * 6 }, (_, number) => spanOf(number, owner, secret));
  const sent = await sendSigned(access.url, access, '/v1/traces', { spans });
  expect(await sent.json()).toMatchObject({ accepted: spans.length });
  await vi.waitFor(async () => {
    const answer = await api.post('/query/traces/search', { limit: 100 });
    expect(((await answer.json()) as { traces: unknown[] }).traces).toHaveLength(TRACES);
  }, 60_000);
  return { url: access.url, token: api.accessToken, secret };
}

function spanOf(number: number, owner: string, secret: string): object {
  const place = number % 6;
  const id = (at: number) => `00000000000000f${at}`;
  const parents = [undefined, id(0), id(1), id(9), id(5), id(4)];
  const startTime = new Date(Date.now() - 60_000 + number).toISOString();
  const attributes = {
    owner,
    user: { name: secret },
    took: place,
    a: [place, secret],
    [secret]: true,
    'http.status_code': 200,
  };
  return {
    traceId: Math.floor(number / 6)
      .toString(16)
      .padStart(32, 'c'),
    spanId: id(place),
    ...(parents[place] === undefined ? {} : { parentSpanId: parents[place] }),
    name: place === 0 ? secret : 'step',
    service: 'shared',
    kind: place === 0 ? 'server' : 'internal',
    status: place === 2 ? 'error' : 'ok',
    startTime,
    durationMs: place * 3,
    attributes,
    resource: { a: secret },
    events: [{ name: 'exception', timestamp: startTime, attributes: { owner, message: secret } }],
  };
}

it('1,000 hostile questions: answers in time, none a failure, none with anything of another organization', {
  timeout: 300_000,
}, async () => {
  const questions = askers.map((_, index) =>
    fc.sample(hostileTraceRequest, { seed: SEED + index, numRuns: REQUESTS / 2 }),
  );
  const counts = await runHostile(askers, questions);
  // That nothing of others was seen says something only if much was.
  expect(counts.found).toBeGreaterThan(REQUESTS / 4);
  expect(counts.refused).toBeGreaterThan(REQUESTS / 10);
  expect(counts.own).toBeGreaterThan(REQUESTS / 20);
});
