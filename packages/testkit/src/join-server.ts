import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { LoginAnswer } from '@aegisguard/model';
import type { NewApiKey } from './create-api-key.ts';
import { runSql } from './postgres.ts';
import { type OrganizationAccess, TEST_SECRETS } from './server.ts';
import { type SharedServer, sharedServer } from './shared-server.ts';

/** An organization of one's own in the server that a run of tests shares, as a first start leaves it: an owner called Administrator, and a signed key called Default key. */
export interface JoinedServer extends OrganizationAccess, SharedServer {
  readonly orgId: string;
  /** A mail domain that no other file's people have. */
  readonly domain: string;
  /** Throws when the server has crashed since: whatever passed may have asked another one. */
  leave(): Promise<void>;
}

/** Registers an organization with the shared server: for files that mind neither other organizations nor how the server is set. */
export async function joinServer(): Promise<JoinedServer> {
  const shared = await sharedServer();
  const own = randomBytes(4).toString('hex');
  const domain = `${own}.example`;
  // One address may not register as many as there are files. Afterwards the session is like all others, which begin at the loopback.
  const address = { 'x-forwarded-for': `2001:db8:${own.slice(0, 4)}:${own.slice(4)}::1` };
  const [email, password] = [`administrator@${domain}`, TEST_SECRETS.adminPassword];
  const owner = { email, password, name: 'Administrator', organizationName: 'Default organization' };
  const { accessToken, organizations, user } = await post<LoginAnswer>(`${shared.url}/auth/register`, owner, address);
  await runSql(shared.databaseUrl, "UPDATE sessions SET ip = '127.0.0.1' WHERE user_id = $1", [user.id]);
  const wishes = { name: 'Default key', kind: 'signed' };
  const bearer = { authorization: `Bearer ${accessToken}` };
  const { key, secret } = await post<NewApiKey>(`${shared.url}/apikeys`, wishes, bearer);
  return {
    ...shared,
    adminEmail: email,
    adminPassword: password,
    orgKey: key,
    orgSecret: secret,
    orgId: organizations[0]?.id ?? '',
    domain,
    leave: async () => void (await sharedServer()),
  };
}

/** As a client does that is told to come again: the server has many guests at once. */
async function post<T>(url: string, body: object, headers: Record<string, string>, patience = 20): Promise<T> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if ((answer.status === 429 || answer.status === 503) && patience > 0) {
    await delay(1000);
    return post(url, body, headers, patience - 1);
  }
  if (!answer.ok) {
    throw new Error(`${new URL(url).pathname} answered ${answer.status}: ${await answer.text()}`);
  }
  return (await answer.json()) as T;
}
