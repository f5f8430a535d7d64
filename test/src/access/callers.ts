import { createHmac } from 'node:crypto';
import { type Accounts, SYSTEM_ACTOR } from '@aegisguard/accounts';
import { type OrgId, PERMISSIONS, type Permission, ROLE_PERMISSIONS, ROLES, type Role } from '@aegisguard/model';
import { type JoinedServer, runSql, signHeaders, signIn } from '@aegisguard/testkit';

const PASSWORD = 'a fine long password';

/** Somebody who asks, and what the declarations of routes are to make of them. */
export interface Caller {
  readonly name: string;
  readonly kind: 'person' | 'query-token' | 'ingest-key' | 'nobody';
  /** In organization A. */
  readonly permissions: ReadonlySet<Permission>;
  /** Came in through A's identity provider. */
  readonly isSso: boolean;
  /** The credentials of a request with this body. */
  headers(body: string): Record<string, string>;
}

/** What callers are made with. */
export interface Place {
  readonly server: JoinedServer;
  readonly accounts: Accounts;
  readonly jwtSecret: string;
  readonly orgId: OrgId;
  /** In everything that is A's. */
  readonly word: string;
}

const NONE: ReadonlySet<Permission> = new Set();
let made = 0;

/** Joins before signing in: what a session may do is remembered for some seconds. */
async function newPerson(
  { server, accounts }: Place,
  name: string,
  join: (userId: string) => Promise<unknown>,
): Promise<{ userId: string; accessToken: string }> {
  made += 1;
  const email = `${name}-${made}@${server.domain}`;
  const { id } = await accounts.users.create({ email, password: PASSWORD, name });
  await join(id);
  return { userId: id, accessToken: (await signIn(server.url, email, PASSWORD)).accessToken };
}

function person(name: string, accessToken: string, permissions: ReadonlySet<Permission>, isSso = false): Caller {
  return { name, kind: 'person', permissions, isSso, headers: () => ({ authorization: `Bearer ${accessToken}` }) };
}

function join({ server, orgId }: Place, userId: string, role: Role | 'custom', roleId: string | null) {
  return runSql(
    server.databaseUrl,
    'INSERT INTO memberships (org_id, user_id, role, role_id, created_at) VALUES ($1, $2, $3, $4, now())',
    [orgId, userId, role, roleId],
  );
}

/** A new person with a built-in role in A. */
async function memberCaller(place: Place, role: Role): Promise<Caller> {
  const { accessToken } = await newPerson(place, `${place.word}-${role}`, (userId) => join(place, userId, role, null));
  return person(role, accessToken, ROLE_PERMISSIONS[role]);
}

/** A new person whose role in A has one permission and no other. */
async function customCaller(place: Place, permission: Permission): Promise<Caller> {
  const roleId = crypto.randomUUID();
  await runSql(
    place.server.databaseUrl,
    `INSERT INTO org_roles (id, org_id, name, description, permissions, created_at, updated_at)
     VALUES ($1, $2, $3, '', $4, now(), now())`,
    [roleId, place.orgId, `${place.word} ${roleId}`, [permission]],
  );
  const { accessToken } = await newPerson(place, `${place.word}-custom`, (userId) =>
    join(place, userId, 'custom', roleId),
  );
  return person(`custom role with ${permission}`, accessToken, new Set([permission]));
}

/** A member of A whose session came in through A's identity provider. There is none here, so the session is made in the database and its token signed as the server would. */
async function ssoCaller(place: Place): Promise<Caller> {
  const { userId, accessToken } = await newPerson(place, `${place.word}-sso`, (id) => join(place, id, 'viewer', null));
  const sessionId = await place.accounts.sessions.create({
    userId,
    methods: ['sso'],
    orgId: place.orgId,
    fingerprint: new Uint8Array(32),
    ip: null,
    userAgent: null,
  });
  const [header = '', payload = ''] = accessToken.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const signed = `${header}.${Buffer.from(JSON.stringify({ ...claims, sid: sessionId })).toString('base64url')}`;
  const signature = createHmac('sha256', place.jwtSecret).update(signed).digest('base64url');
  return person('viewer through single sign-on', `${signed}.${signature}`, ROLE_PERMISSIONS.viewer, true);
}

/** Everybody whom the walk is made with, as functions: some routes use their caller up. */
export function callerMakers(place: Place, queryToken: string): readonly (() => Promise<Caller>)[] {
  const nobody: Caller = { name: 'nobody', kind: 'nobody', permissions: NONE, isSso: false, headers: () => ({}) };
  return [
    ...ROLES.map((role) => () => memberCaller(place, role)),
    () => customCaller(place, 'keys:read'),
    () => ssoCaller(place),
    () => strangerCaller(place),
    async () => ({
      ...nobody,
      name: 'query token',
      kind: 'query-token',
      headers: () => ({ authorization: `Bearer ${queryToken}` }),
    }),
    async () => ({
      ...nobody,
      name: 'ingest key',
      kind: 'ingest-key',
      headers: (body: string) => signHeaders(place.server, body),
    }),
    async () => nobody,
  ];
}

/** A new person who owns another organization. */
export async function strangerCaller(place: Place): Promise<Caller> {
  const { accessToken } = await newPerson(place, 'stranger', (ownerUserId) =>
    place.accounts.organizations.create(SYSTEM_ACTOR, { name: `of stranger ${made}`, ownerUserId }),
  );
  return person('stranger', accessToken, NONE);
}

/** An owner of A, for looking. */
export function ownerCaller(accessToken: string): Caller {
  return person('first owner', accessToken, new Set(PERMISSIONS));
}
