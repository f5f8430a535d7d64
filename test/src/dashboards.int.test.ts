import { readFileSync } from 'node:fs';
import { ROUTES } from '@aegisguard/model';
import { type JoinedServer, joinServer, signIn, suitePath } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// A dashboard from its making to its end, as two people of an organization and one of another see it.

const PASSWORD = 'sloth marble quay 7';
const UNKNOWN = '0190b3a0-0000-7000-8000-000000000000';

type Person = Awaited<ReturnType<typeof signIn>>;
interface Answer {
  readonly status: number;
  readonly body: { readonly code?: string; readonly items?: readonly unknown[]; readonly [name: string]: unknown };
}

let server: JoinedServer;
let owner: Person;
let viewer: Person;
let stranger: Person;

beforeAll(async () => {
  server = await joinServer();
  owner = await signIn(server.url, server.adminEmail, server.adminPassword);
  const seen = { email: `vera@${server.domain}`, name: 'Vera', role: 'viewer', password: PASSWORD };
  expect((await ask(owner, 'POST', '/users', seen)).status).toBe(201);
  const other = { email: `otto@${server.domain}`, name: 'Otto', password: PASSWORD, organizationName: 'Other' };
  expect((await ask(undefined, 'POST', '/auth/register', other)).status).toBe(201);
  viewer = await signIn(server.url, seen.email, PASSWORD);
  stranger = await signIn(server.url, other.email, PASSWORD);
});

afterAll(async () => {
  await server.leave();
});

async function ask(person: Person | undefined, method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      ...(person === undefined ? {} : { authorization: `Bearer ${person.accessToken}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
}

const outcome = ({ status, body }: Answer) => [status, body.code];

describe('a dashboard', () => {
  let id: string;

  it('is made of a title and queries, the rest chosen by the server', async () => {
    const wanted = {
      title: ' Hosts ',
      tags: ['linux'],
      panels: [
        { title: 'Load', query: 'node_load1' },
        { type: 'text', options: { text: '# Hi' }, unknown: 1 },
      ],
      variables: [{ name: 'host', type: 'query', query: 'label_values(up, host)' }],
    };
    const made = await ask(owner, 'POST', '/dashboards', wanted);
    expect(made.status).toBe(201);
    expect(ROUTES.createDashboard.answer.strict().parse(made.body)).toEqual(made.body);
    expect(made.body).toMatchObject({ title: 'Hosts', version: 1, updatedByName: 'Administrator', from: 'now-1h' });
    expect(made.body.panels).toMatchObject([
      { queries: [{ ref: 'A', language: 'promql', query: 'node_load1' }], grid: { x: 0, y: 0 } },
      { type: 'text', grid: { x: 12, y: 0 } },
    ]);
    id = String(made.body.id);
    expect((await ask(viewer, 'GET', `/dashboards/${id}`)).body).toEqual(made.body);
  });

  it('is read by who may read, changed by who may change, and not there for others', async () => {
    const list = await ask(viewer, 'GET', '/dashboards?q=HOST&tag=linux');
    expect(list.body).toMatchObject({ items: [{ id, title: 'Hosts', panelCount: 2, version: 1 }], nextCursor: null });
    expect((await ask(stranger, 'GET', '/dashboards')).body.items).toEqual([]);
    const calls = [
      ['GET', `/dashboards/${id}`, undefined],
      ['PUT', `/dashboards/${id}`, { title: 'x', version: 1 }],
      ['DELETE', `/dashboards/${id}`, undefined],
      ['GET', `/dashboards/${id}/versions`, undefined],
      ['GET', `/dashboards/${id}/versions/1`, undefined],
      ['POST', `/dashboards/${id}/versions/1/restore`, undefined],
    ] as const;
    for (const [method, path, body] of calls) {
      expect(outcome(await ask(stranger, method, path, body)), path).toEqual([404, 'not-found']);
      expect(outcome(await ask(owner, method, path.replace(id, UNKNOWN), body)), path).toEqual([404, 'not-found']);
      expect((await ask(viewer, method, path, body)).status, path).toBe(method === 'GET' ? 200 : 403);
    }
    expect(outcome(await ask(viewer, 'POST', '/dashboards', { title: 'x' }))).toEqual([403, 'forbidden']);
    expect(outcome(await ask(viewer, 'POST', '/dashboards/import', { title: 'x' }))).toEqual([403, 'forbidden']);
    expect(outcome(await ask(undefined, 'GET', '/dashboards'))).toEqual([401, 'unauthorized']);
  });

  it('is changed from the version that was read only, and comes back as it was', async () => {
    const { body } = await ask(owner, 'GET', `/dashboards/${id}`);
    const changed = await ask(owner, 'PUT', `/dashboards/${id}`, { ...body, title: 'All hosts', message: 'More' });
    expect([changed.status, changed.body.version, changed.body.title]).toEqual([200, 2, 'All hosts']);
    const late = await ask(owner, 'PUT', `/dashboards/${id}`, { ...body, title: 'Late' });
    expect(late).toMatchObject({ status: 409, body: { code: 'conflict', version: 2, detail: expect.any(String) } });
    const versions = await ask(viewer, 'GET', `/dashboards/${id}/versions?limit=1`);
    expect(versions.body.items).toMatchObject([{ version: 2, message: 'More', savedByName: 'Administrator' }]);
    const next = await ask(viewer, 'GET', `/dashboards/${id}/versions?cursor=${versions.body.nextCursor}`);
    expect(next.body).toMatchObject({ items: [{ version: 1, title: 'Hosts' }], nextCursor: null });
    expect((await ask(viewer, 'GET', `/dashboards/${id}/versions/1`)).body.title).toBe('Hosts');
    const restored = await ask(owner, 'POST', `/dashboards/${id}/versions/1/restore`);
    expect(restored.body).toMatchObject({ version: 3, title: 'Hosts', panels: body.panels });
    expect(outcome(await ask(owner, 'GET', `/dashboards/${id}/versions/9`))).toEqual([404, 'not-found']);
  });

  it('what is wrong with it is said by the field', async () => {
    for (const [wanted, path] of [
      [{ title: ' ' }, '/title'],
      [{ title: 'a\0' }, '/title'],
      [{ title: 'x', panels: [{ grid: { x: 99, y: 0, w: 1, h: 1 } }] }, '/panels/0/grid/x'],
      [{ title: 'x', panels: [{ id: 'a' }, { id: 'a' }] }, '/panels/1/id'],
    ] as const) {
      const { status, body } = await ask(owner, 'POST', '/dashboards', wanted);
      expect([status, body.code, (body.errors as { path: string }[])[0]?.path]).toEqual([400, 'invalid-request', path]);
    }
    expect(outcome(await ask(owner, 'GET', '/dashboards?cursor=x'))).toEqual([400, 'invalid-cursor']);
  });

  it('what was exported is imported without remarks, and goes when it is deleted', async () => {
    const { body } = await ask(owner, 'GET', `/dashboards/${id}`);
    const imported = await ask(owner, 'POST', '/dashboards/import', body);
    expect(imported.status).toBe(201);
    const { dashboard, notCarried } = ROUTES.importDashboard.answer.parse(imported.body);
    expect(notCarried).toEqual([]);
    expect(dashboard).toMatchObject({ version: 1, panels: body.panels, variables: body.variables });
    expect((await ask(owner, 'DELETE', `/dashboards/${id}`)).status).toBe(204);
    expect(outcome(await ask(owner, 'GET', `/dashboards/${id}`))).toEqual([404, 'not-found']);
  });
});

const suite = suitePath('dashboards', 'k8s-views-global.json');

it.skipIf(suite === undefined)('a dashboard of Grafana becomes one of ours (needs AEGIS_SUITES_DIR)', async () => {
  const { status, body } = await ask(owner, 'POST', '/dashboards/import', readFileSync(suite ?? '', 'utf8'));
  expect(status).toBe(201);
  const { dashboard, notCarried } = ROUTES.importDashboard.answer.parse(body);
  expect(dashboard.title).toBe('Kubernetes / Views / Global');
  expect(notCarried).toContainEqual({
    panel: null,
    what: expect.stringContaining('datasource'),
    reason: expect.any(String),
  });
  expect((await ask(viewer, 'GET', `/dashboards/${dashboard.id}`)).body).toEqual(body.dashboard);
});

it.each(['{}', '[]', '"x"', '{"panels":7}', `{"title":"x","panels":${'['.repeat(100_000)}${']'.repeat(100_000)}}`])(
  'an import of what is no dashboard is the client’s fault: %.20s',
  async (body) => {
    expect(outcome(await ask(owner, 'POST', '/dashboards/import', body))).toEqual([400, 'invalid-request']);
  },
);
