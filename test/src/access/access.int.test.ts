import { type Accounts, openAccounts } from '@aegisguard/accounts';
import { ALL_ROUTES, parseOrgId, ROUTES, type Route } from '@aegisguard/model';
import { createApiKey, type JoinedServer, joinServer, sendSigned, signIn, TEST_SECRETS } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Answer, answerFault, askRoute, idsIn, SPAN_ID } from './ask-route.ts';
import { type Caller, callerMakers, ownerCaller, type Place, strangerCaller } from './callers.ts';
import { expectedRefusal } from './expected-refusal.ts';

// Every route of the table is asked by everybody: who is let through is what the declaration says, answers are what the schemas say, and nobody sees anything of an organization that they do not belong to. A route that is
// added is asked, too.

/** In all texts of organization A, and in nobody else's. */
const WORD = 'xylophone';
const TRACE_ID = 'ab'.repeat(16);
const NO_OBJECT = '0190b3a0-0000-7000-8000-000000000000';

let server: JoinedServer;
let accounts: Accounts;
let place: Place;
let owner: Caller;
let makers: ReturnType<typeof callerMakers>;

beforeAll(async () => {
  server = await joinServer();
  accounts = openAccounts({ databaseUrl: server.databaseUrl, masterKey: TEST_SECRETS.masterKey });
  const admin = await signIn(server.url, server.adminEmail, server.adminPassword);
  owner = ownerCaller(admin.accessToken);
  place = { server, accounts, jwtSecret: TEST_SECRETS.jwtSecret, orgId: parseOrgId(server.orgId), word: WORD };
  const { secret } = await createApiKey(server, 'query', { name: `${WORD} query` });
  makers = callerMakers(place, secret);
  await sendTelemetry();
});

afterAll(async () => {
  await accounts.close();
  await server.leave();
});

/** Something of every signal, with the word wherever there may be one; waits until it can be read. */
async function sendTelemetry(): Promise<void> {
  const timestamp = new Date().toISOString();
  const attributes = { customer: WORD, password: WORD };
  const span = { traceId: TRACE_ID, spanId: SPAN_ID, name: WORD, service: WORD, startTime: timestamp };
  const bodies = {
    '/v1/logs': { logs: [{ service: WORD, message: WORD, traceId: TRACE_ID, attributes }] },
    '/v1/metrics': { metrics: [{ name: WORD, value: 1, type: 'gauge', labels: { customer: WORD } }] },
    '/v1/traces': { spans: [{ ...span, durationMs: 1, attributes }] },
    '/v1/rum': { application: WORD, sessionId: WORD, events: [{ type: 'view', timestamp, url: WORD }] },
  };
  for (const [path, body] of Object.entries(bodies)) {
    expect((await sendSigned(server.url, server, path, body)).status, path).toBe(202);
  }
  const looks = [ROUTES.listRumSessions, ROUTES.searchTraces, ROUTES.readUsage].map((route) => async () => {
    const { text } = await ask(route, owner, NO_OBJECT, place.orgId);
    expect(text, route.id).toMatch(/"logsCount":1|xylophone/);
  });
  await vi.waitFor(() => Promise.all(looks.map((look) => look())), { timeout: 60_000, interval: 200 });
}

function ask(route: Route, caller: Caller, objectId: string, orgId?: string): Promise<Answer> {
  const word = caller.name === 'stranger' ? 'stranger' : WORD;
  const question = { url: server.url, caller, route, objectId, word };
  return askRoute(orgId === undefined ? question : { ...question, orgId });
}

/** Finds ids of A's objects for a route's path, while none come and go: what there is under a path is looked up once. */
function objectFinder(): (route: Route) => Promise<string[]> {
  const found = new Map<string, Promise<string[]>>();
  return ({ path }) => {
    const [parent = ''] = path.split('/:');
    const ids = found.get(parent) ?? objectIdsUnder(parent);
    found.set(parent, ids);
    return ids;
  };
}

/** Those in the answers of reading routes about the same things. */
async function objectIdsUnder(parent: string): Promise<string[]> {
  const lists = ALL_ROUTES.filter(
    ({ effect, path }) =>
      effect === 'read' && !path.includes(':') && (path === parent || path.startsWith(`${parent}/`)),
  );
  const answers = await Promise.all(lists.map((list) => ask(list, owner, NO_OBJECT, place.orgId)));
  return [...new Set(answers.flatMap(({ json }) => idsIn(json)))];
}

/** What is wrong with an answer: with who was let through, or with what it says; undefined when all is well. */
function faultOf(route: Route, caller: Caller, answer: Answer): string | undefined {
  const expected = expectedRefusal(route.access, caller);
  const { status, code } = answer;
  const isRefused = status === 401 || status === 403;
  // A route may say these of other things than who asks: a wrong password.
  const isDeclared = route.problems?.some((problem) => problem === code) === true;
  const what = `${caller.name}, ${route.method} ${route.path}: ${status} ${answer.text.slice(0, 200)}`;
  if (expected === undefined ? isRefused && !isDeclared : status !== expected) {
    return `${what} instead of ${expected ?? 'letting them through'}`;
  }
  const fault = answerFault(route, answer);
  return fault === undefined && (status < 500 || status === 503) ? undefined : `${what}: ${fault ?? 'our fault'}`;
}

/** Whether a caller is still who they were: some routes end a session, or a membership. */
async function isUsedUp(caller: Caller): Promise<boolean> {
  if (caller.kind !== 'person') {
    return false;
  }
  const { status, json } = await ask(ROUTES.me, caller, NO_OBJECT);
  const { organizations = [] } = (json ?? {}) as { organizations?: { id: string; permissions: string[] }[] };
  const there = organizations.find(({ id }) => id === place.orgId)?.permissions ?? [];
  return status !== 200 || there.length !== caller.permissions.size;
}

it('lets those read whom the declaration lets read, nobody else, and answers as the schemas say', async () => {
  const callers = await Promise.all(makers.map((make) => make()));
  const objectIdsFor = objectFinder();
  const faults: string[] = [];
  for (const route of ALL_ROUTES.filter(({ effect }) => effect === 'read')) {
    const [objectId = NO_OBJECT] = route.path.includes(':') ? await objectIdsFor(route) : [];
    const found = callers.map(async (caller) =>
      faultOf(route, caller, await ask(route, caller, objectId, place.orgId)),
    );
    faults.push(...(await Promise.all(found)).filter((fault) => fault !== undefined));
  }
  expect(faults).toEqual([]);
});

it('lets those change whom the declaration lets change, and nobody else', async () => {
  const faults: string[] = [];
  const changing = ALL_ROUTES.filter(({ effect }) => effect !== 'read');
  // What is there must be there for the next: nobody names an object that exists.
  const walk = async (make: () => Promise<Caller>): Promise<void> => {
    let caller = await make();
    for (const route of changing) {
      let answer = await ask(route, caller, NO_OBJECT, place.orgId);
      // Another's walk has removed the identity provider that the caller came in through.
      while (answer.status === 401 && (await isUsedUp(caller))) {
        caller = await make();
        answer = await ask(route, caller, NO_OBJECT, place.orgId);
      }
      const fault = faultOf(route, caller, answer);
      if (fault !== undefined) {
        faults.push(fault);
      }
      if (await isUsedUp(caller)) {
        caller = await make();
      }
    }
  };
  await Promise.all(makers.map(walk));
  expect(faults).toEqual([]);
});

it('shows a stranger nothing of an organization, and says 404 of its objects for every verb', async () => {
  const faults: string[] = [];
  const stranger = await strangerCaller(place);
  const objectIdsFor = objectFinder();
  const isSecret = (text: string, ids: readonly string[]) =>
    [WORD, place.orgId, ...ids].some((word) => text.includes(word));
  let asked = 0;
  for (const route of ALL_ROUTES.filter(({ access }) => access.kind !== 'public' && access.kind !== 'ingest')) {
    const ids = route.path.includes(':') ? await objectIdsFor(route) : [NO_OBJECT];
    for (const id of ids.slice(0, 5)) {
      asked += id === NO_OBJECT ? 0 : 1;
      const { status, text } = await ask(route, stranger, id);
      if (
        isSecret(
          text,
          ids.filter((one) => one !== NO_OBJECT),
        ) ||
        (id !== NO_OBJECT && status !== 404)
      ) {
        faults.push(`${route.method} ${route.path} with ${id}: ${status} ${text.slice(0, 200)}`);
      }
    }
  }
  expect(faults).toEqual([]);
  expect(asked).toBeGreaterThan(5);
});

it('shows the owner what the stranger was not shown', async () => {
  const objectIdsFor = objectFinder();
  for (const route of ALL_ROUTES.filter(({ effect, path }) => effect === 'read' && path.includes(':'))) {
    const ids = await objectIdsFor(route);
    const statuses = await Promise.all(ids.map(async (id) => (await ask(route, owner, id, place.orgId)).status));
    // Of things that nobody has made here there are none.
    expect(ids.length === 0 || statuses.includes(200), route.id).toBe(true);
  }
});
