import { randomBytes } from 'node:crypto';
import type { LoginAnswer } from '@aegisguard/model';
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
export async function joinServer(organizationName = 'Default organization'): Promise<JoinedServer> {
  const shared = await sharedServer();
  const domain = `${randomBytes(4).toString('hex')}.example`;
  const owner = { email: `administrator@${domain}`, password: TEST_SECRETS.adminPassword };
  const { accessToken, organizations } = await post<LoginAnswer>(
    `${shared.url}/auth/register`,
    {},
    {
      ...owner,
      name: 'Administrator',
      organizationName,
    },
  );
  const bearer = { authorization: `Bearer ${accessToken}` };
  const wishes = { name: 'Default key', kind: 'signed' };
  const key = await post<{ key: string; secret: string }>(`${shared.url}/apikeys`, bearer, wishes);
  return {
    ...shared,
    adminEmail: owner.email,
    adminPassword: owner.password,
    orgKey: key.key,
    orgSecret: key.secret,
    orgId: organizations[0]?.id ?? '',
    domain,
    leave: async () => void (await sharedServer()),
  };
}

async function post<T>(url: string, headers: Record<string, string>, body: object): Promise<T> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Error(`${new URL(url).pathname} answered ${answer.status}: ${await answer.text()}`);
  }
  return (await answer.json()) as T;
}
