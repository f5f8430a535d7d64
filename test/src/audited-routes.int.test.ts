import { ALL_ROUTES, ROUTES, type Route } from '@aegisguard/model';
import { type JoinedServer, joinServer, sharedOutput } from '@aegisguard/testkit';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAudited, type ShownEntry } from './expect-audited.ts';
import { makePasskey } from './software-passkey.ts';

// Every route that changes something writes the entry that the table of routes says, and no secret: one story on one server, each step standing on the ones before. What is not in it is named below, with why.

const PASSWORD = 'sloth marble quay 7';
const NEW_PASSWORD = 'walrus anthem pier 9';
const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0';

/** Routes that the story does not tell. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  replayDeadLetter: 'needs a batch that cannot be read: servers.int.test.ts',
  discardDeadLetter: 'needs a batch that cannot be read: servers.int.test.ts',
  deleteOrganization: 'takes the log along; what it leaves is the erasure, see the end of the story',
};

type Body = Readonly<Record<string, unknown>>;

let server: JoinedServer;
let url: string;
const told = new Set<string>();
const entries: ShownEntry[] = [];
const secrets: string[] = [PASSWORD, NEW_PASSWORD];

beforeAll(async () => {
  server = await joinServer();
  // By name: there are no passkeys at an IP address.
  url = server.url.replace('127.0.0.1', 'localhost');
  secrets.push(server.adminPassword, server.orgSecret);
});

afterAll(async () => {
  await server.leave();
});

/** Somebody who asks; nobody in particular without a token. */
class Caller {
  readonly token: string | undefined;
  readonly orgId: string | undefined;

  constructor(token?: string, orgId?: string) {
    this.token = token;
    this.orgId = orgId;
  }

  ask(method: string, path: string, body?: object): Promise<Response> {
    const headers = {
      'user-agent': USER_AGENT,
      ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
      ...(this.orgId === undefined ? {} : { 'x-org-id': this.orgId }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    return fetch(`${url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  get(path: string): Promise<Response> {
    return this.ask('GET', path);
  }

  /** What a route that changes nothing answers. */
  async read(method: string, path: string, body?: object): Promise<Body> {
    const answer = await this.ask(method, path, body);
    expect(answer.ok, `${method} ${path}`).toBe(true);
    return jsonOf(answer);
  }
}

const nobody = new Caller();

async function jsonOf(answer: Response): Promise<Body> {
  const text = await answer.text();
  return text === '' ? {} : (JSON.parse(text) as Body);
}

async function login(email: string, password: string): Promise<Caller> {
  const { accessToken } = await nobody.read('POST', '/auth/login', { email, password });
  secrets.push(String(accessToken));
  return new Caller(String(accessToken));
}

/** How a route is called, where `params` are of its path. `seen` gets the answer before the log is read. */
interface Call {
  readonly body?: object | undefined;
  readonly params?: Readonly<Record<string, string>>;
  readonly seen?: (answer: Body) => void;
}

/** Calls a route as somebody; `reader` sees that it is audited. The answer. */
async function audited(
  reader: Pick<Caller, 'get'>,
  route: Route,
  by: Caller,
  { body, params = {}, seen }: Call = {},
): Promise<Body> {
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? name);
  const { answer, entry } = await expectAudited(reader, route, async () => {
    const called = await by.ask(route.method, path, body);
    seen?.(await jsonOf(called.clone()));
    return called;
  });
  told.add(route.id);
  entries.push(entry);
  return jsonOf(answer);
}

/** Calls a route that makes an organization, whose log there is only afterwards: `readerOf` makes its reader of the answer. Gives that. */
async function auditedBirth(
  route: Route,
  by: Caller,
  body: object,
  readerOf: (answer: Body) => Caller,
): Promise<Caller> {
  let reader: Caller | undefined;
  const later = { get: async (path: string) => reader?.get(path) ?? Response.json({ items: [] }) };
  const answer = await audited(later, route, by, {
    body,
    seen: (made) => {
      reader = readerOf(made);
    },
  });
  return reader ?? readerOf(answer);
}

it('every mutation writes its entry', async () => {
  const owner = await login(server.adminEmail, server.adminPassword);
  const tell = (route: Route, body?: object, id = '') => audited(owner, route, owner, { body, params: { id } });
  await tellOrganization(owner, tell);
  await tellKeysViewsAndRules(tell);
  await tellDashboards(tell);
  await tellRoles(tell);
  const { anna, annaId } = await tellPeople(owner, tell);
  const again = await tellAccount(owner, anna);
  await tellSecondFactors(owner, again);
  await tellRest(owner, tell, annaId);
  const mutations = ALL_ROUTES.filter(({ effect }) => effect.includes('.')).map((route) => route.id);
  expect(mutations.filter((route) => !told.has(route)).toSorted()).toEqual(Object.keys(ELSEWHERE).toSorted());
  noSecretIn(JSON.stringify(entries));
  noSecretIn(await (await owner.get('/audit/export?format=ndjson')).text());
  noSecretIn(await sharedOutput());
  expect(await owner.read('GET', '/audit/verify')).toMatchObject({ valid: true });
  const { id, name } = await owner.read('GET', '/organization');
  const erasure = await owner.read('DELETE', '/organization', { name });
  expect(await owner.read('GET', `/erasures/${erasure.id}`)).toMatchObject({ organizationId: id });
});

type Tell = (route: Route, body?: object, id?: string) => Promise<Body>;

async function tellOrganization(owner: Caller, tell: Tell): Promise<void> {
  await tell(ROUTES.updateOrganization, { name: 'Renamed', retentionDays: { logs: 20 } });
  const { policy, version } = await owner.read('GET', '/organization/privacy');
  await tell(ROUTES.replacePrivacyPolicy, { policy: { ...(policy as object), secretFields: ['pin'] }, version });
  const pipelines = { rules: [{ name: 'colours', steps: [{ kind: 'decolorize' }] }] };
  await tell(ROUTES.replaceLogPipelines, { pipelines, version: 0 });
  await tell(ROUTES.replaceTraceSampling, { sampling: { enabled: true, percent: 5 }, version: 0 });
  const clientSecret = 'a client secret that nobody guesses';
  secrets.push(clientSecret);
  const provider = { name: 'Login', issuer: 'https://login.example', clientId: 'aegis', clientSecret };
  // Setting it up for the first time has an entry of its own, `sso.create`.
  await owner.read('PUT', '/organization/sso', provider);
  await tell(ROUTES.putSso, { ...provider, name: 'Other login' });
  await tell(ROUTES.deleteSso);
}

async function tellKeysViewsAndRules(tell: Tell): Promise<void> {
  const key = await tell(ROUTES.createKey, { name: 'agent', kind: 'signed' });
  await tell(ROUTES.updateKey, { name: 'other agent' }, String(key.id));
  const rotated = await tell(ROUTES.rotateKey, { overlapSeconds: 60 }, String(key.id));
  await tell(ROUTES.revokeKey, undefined, String(key.id));
  secrets.push(String(key.secret), String(rotated.secret));
  const view = await tell(ROUTES.createView, { page: 'logs', name: 'Errors', state: '?q=x', shared: true });
  await tell(ROUTES.updateView, { name: 'All errors' }, String(view.id));
  await tell(ROUTES.deleteView, undefined, String(view.id));
  const rules = [{ record: 'one', expr: '1' }];
  const group = await tell(ROUTES.createRuleGroup, { name: 'Rules', rules });
  await tell(ROUTES.updateRuleGroup, { name: 'Rules', rules, enabled: false }, String(group.id));
  await tell(ROUTES.deleteRuleGroup, undefined, String(group.id));
  await tell(ROUTES.importRules, { yaml: 'groups: [{name: g, rules: [{record: one, expr: 1}]}]' });
}

async function tellDashboards(tell: Tell): Promise<void> {
  const { id } = await tell(ROUTES.createDashboard, { title: 'Hosts' });
  await tell(ROUTES.updateDashboard, { title: 'All hosts', version: 1 }, String(id));
  const restore = { ...ROUTES.restoreDashboardVersion, path: '/dashboards/:id/versions/1/restore' };
  await tell(restore, undefined, String(id));
  await tell(ROUTES.deleteDashboard, undefined, String(id));
  await tell(ROUTES.importDashboard, { title: 'Hosts', schemaVersion: 39, panels: [] });
}

async function tellRoles(tell: Tell): Promise<void> {
  const role = { name: 'Readers', permissions: ['logs:read'] };
  const { id } = await tell(ROUTES.createRole, role);
  await tell(ROUTES.updateRole, { ...role, name: 'Some readers' }, String(id));
  await tell(ROUTES.deleteRole, undefined, String(id));
}

async function tellPeople(owner: Caller, tell: Tell): Promise<{ anna: Caller; annaId: string }> {
  const withdrawn = await tell(ROUTES.createUser, { email: `nobody@${server.domain}`, name: 'N', role: 'viewer' });
  await tell(ROUTES.revokeInvitation, undefined, String(withdrawn.id));
  const invited = await tell(ROUTES.createUser, { email: `anna@${server.domain}`, name: 'Anna', role: 'viewer' });
  const token = tokenOf(invited.invitationUrl);
  const person = { name: 'Anna', password: PASSWORD };
  const joined = await audited(owner, ROUTES.acceptInvitation, nobody, { body: person, params: { token } });
  const annaId = String((joined.user as Body).id);
  await tell(ROUTES.changeRole, { role: 'member' }, annaId);
  return { anna: new Caller(String(joined.accessToken)), annaId };
}

/** What a person does to their own account, their organization's owner reads. */
async function tellAccount(owner: Caller, anna: Caller): Promise<Caller> {
  const tell = (route: Route, body?: object, id = '') => audited(owner, route, anna, { body, params: { id } });
  await tell(ROUTES.updateMe, { name: 'Anna B.' });
  await login(`anna@${server.domain}`, PASSWORD);
  const { items } = await anna.read('GET', '/auth/sessions');
  const other = (items as Body[]).find(({ current }) => current === false);
  await tell(ROUTES.revokeSession, undefined, String(other?.id));
  await login(`anna@${server.domain}`, PASSWORD);
  await tell(ROUTES.revokeOtherSessions);
  await tell(ROUTES.changePassword, { currentPassword: PASSWORD, newPassword: NEW_PASSWORD });
  const { user } = await anna.read('GET', '/auth/me');
  const params = { id: String((user as Body).id) };
  const { url: link } = await audited(owner, ROUTES.makeResetLink, owner, { params });
  const body = { token: tokenOf(link), newPassword: PASSWORD };
  await audited(owner, ROUTES.resetPassword, nobody, { body });
  return login(`anna@${server.domain}`, PASSWORD);
}

async function tellSecondFactors(owner: Caller, anna: Caller): Promise<void> {
  const tell = (route: Route, body?: object, id = '') => audited(owner, route, anna, { body, params: { id } });
  const { secret } = await anna.read('POST', '/auth/mfa/setup', { password: PASSWORD });
  secrets.push(String(secret));
  const enabled = await tell(ROUTES.verifyMfa, { code: new TOTP({ secret: String(secret) }).generate() });
  const [first = ''] = enabled.recoveryCodes as string[];
  const renewed = await tell(ROUTES.newRecoveryCodes, { code: first });
  const codes = renewed.recoveryCodes as string[];
  secrets.push(first, ...codes);
  const { options, state } = await anna.read('POST', '/auth/passkeys/options', { password: PASSWORD });
  const response = makePasskey(options as Parameters<typeof makePasskey>[0], url);
  const passkey = await tell(ROUTES.addPasskey, { name: 'laptop', state, response });
  await tell(ROUTES.renamePasskey, { name: 'old laptop' }, String(passkey.id));
  await tell(ROUTES.removePasskey, undefined, String(passkey.id));
  await tell(ROUTES.disableMfa, { code: codes[0] });
  const again = await anna.read('POST', '/auth/mfa/setup', { password: PASSWORD });
  const code = new TOTP({ secret: String(again.secret) }).generate();
  const { recoveryCodes } = await anna.read('POST', '/auth/mfa/verify', { code });
  secrets.push(String(again.secret), ...(recoveryCodes as string[]));
  const { user } = await anna.read('GET', '/auth/me');
  await audited(owner, ROUTES.removeSecondFactors, owner, { params: { id: String((user as Body).id) } });
}

async function tellRest(owner: Caller, tell: Tell, annaId: string): Promise<void> {
  const person = { email: `otto@${server.domain}`, name: 'Otto' };
  const registration = { ...person, password: PASSWORD, organizationName: 'Other' };
  const tokenHolder = ({ accessToken }: Body) => new Caller(String(accessToken));
  const otto = await auditedBirth(ROUTES.register, nobody, registration, tokenHolder);
  const { invitationUrl } = await tell(ROUTES.createUser, { ...person, role: 'viewer' });
  await audited(owner, ROUTES.joinByInvitation, otto, { params: { token: tokenOf(invitationUrl) } });
  const { id } = await owner.read('GET', '/organization');
  await audited(owner, ROUTES.leaveOrganization, new Caller(otto.token, String(id)));
  await tell(ROUTES.removeUser, undefined, annaId);
  const inFurther = (made: Body) => new Caller(owner.token, String(made.id));
  await auditedBirth(ROUTES.createOrganization, owner, { name: 'Further' }, inFurther);
}

function tokenOf(link: unknown): string {
  const token = /[\w-]{43}$/.exec(String(link))?.[0] ?? '';
  expect(token).not.toBe('');
  secrets.push(token);
  return token;
}

function noSecretIn(text: string): void {
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
}
