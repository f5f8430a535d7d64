import { createApiKey, type JoinedServer, joinServer, sendLogs, signIn } from '@aegisguard/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ask } from './testing/hostile-answer.ts';
import { hostileRequest, type Knowledge } from './testing/hostile-requests.ts';
import { type Asker, runHostile } from './testing/hostile-run.ts';

// Whatever is asked for logs, in any way: an answer in time that is no failure of the server's, and nothing of another organization.

const REQUESTS = 1000;
const SEED = 20_260_701;

/** An organization with what only it may see: a word that is in all of its logs, in names, values and lines, and in no question. */
interface Party {
  readonly access: JoinedServer;
  readonly token: string;
  readonly secret: string;
  readonly knowledge: Knowledge;
}

let parties: readonly [Party, Party];

beforeAll(async () => {
  const [one, other] = await Promise.all([open('captain', 'marlinspike'), open('boatswain', 'quarterdeck')]);
  const [mine, theirs] = [one.knowledge, other.knowledge];
  const known = { logs: [...mine.logs, ...theirs.logs], cursors: [...mine.cursors, ...theirs.cursors] };
  parties = [
    { ...one, knowledge: { ...known, orgId: theirs.orgId } },
    { ...other, knowledge: { ...known, orgId: mine.orgId } },
  ];
});

afterAll(() => parties[0].access.leave());

/** Lines for every parser, and what burdens them. */
const LINES = [
  '{"user":"ann","took":"15ms","size":"2KB","n":5,"nested":{"a":[1,{"b":"c"}]},"ip":"10.1.2.3"}',
  '{"__proto__":{"a":1},"constructor":"x","__error__":"y","":"empty","a b":"blank","é":"accent"}',
  `${'['.repeat(400)}${']'.repeat(400)}`,
  '{"broken":',
  'user=ann took=1.5s size=3MiB n=1e400 ip=192.168.0.1 quoted="a \\"b\\" c" = == x=',
  'GET /path?a=b HTTP/1.1 200 0.003 10.0.0.7',
  `${'a'.repeat(5000)}!`,
  `${'x y '.repeat(3000)}`,
  '\u001b[31mred\u001b[0m \u0000 \u202e {{.owner}} %s <_>',
  '',
];

/** The place of a log of an organization, and what it is asked with. */
async function open(owner: string, secret: string): Promise<Party> {
  const access = await joinServer();
  const { accessToken: token } = await signIn(access.url, access.adminEmail, access.adminPassword);
  const logs = LINES.map((line, index) => ({
    service: 'shared',
    level: (['info', 'warn', 'error'] as const)[index % 3],
    message: `${line} ${secret}`,
    host: secret,
    attributes: { owner, [secret]: secret, user: { name: secret }, took: `${index}ms`, a: index },
  }));
  expect((await sendLogs(access.url, access, logs)).status).toBe(202);
  const push = (await createApiKey(access, 'token', { scopes: ['logs:write'] })).secret;
  const values = LINES.map((line, index) => [`${Date.now()}00000${index}`, `${line} ${secret}`, { [secret]: secret }]);
  const pushed = await fetch(`${access.url}/loki/api/v1/push`, {
    method: 'POST',
    headers: { authorization: `Bearer ${push}`, 'content-type': 'application/json' },
    body: JSON.stringify({ streams: [{ stream: { app: 'shared', owner, [secret]: secret }, values }] }),
  });
  expect(pushed.status).toBe(204);
  return { access, token, secret, knowledge: await firstPage(access, token) };
}

function askerOf({ access: { url }, token, secret }: Party): Asker {
  return { url, token, secret };
}

async function firstPage({ url, orgId }: JoinedServer, token: string): Promise<Knowledge> {
  return vi.waitFor(async () => {
    const search = async (limit: number) => {
      const question = { method: 'POST', path: '/query/logs/search', json: { query: '{owner!=""}', limit } } as const;
      return JSON.parse((await ask(url, token, question)).text) as {
        logs: { id: string; timestamp: string }[];
        nextCursor: string;
      };
    };
    expect((await search(100)).logs).toHaveLength(2 * LINES.length);
    const { logs, nextCursor } = await search(1);
    return { orgId, logs: logs.map(({ id, timestamp }) => ({ id, timestamp })), cursors: [nextCursor] };
  }, 20_000);
}

it('1,000 hostile questions: answers in time, none a failure, none with anything of another organization', {
  timeout: 300_000,
}, async () => {
  const questions = parties.map(({ knowledge }, index) =>
    fc.sample(hostileRequest(knowledge), { seed: SEED + index, numRuns: REQUESTS / 2 }),
  );
  const [one, other] = parties;
  const counts = await runHostile([askerOf(one), askerOf(other)], questions);
  // That nothing of others was seen says something only if much was.
  expect(counts.found).toBeGreaterThan(REQUESTS / 4);
  expect(counts.refused).toBeGreaterThan(REQUESTS / 10);
  expect(counts.own).toBeGreaterThan(REQUESTS / 10);
});
