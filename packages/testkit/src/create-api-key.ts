import type { ApiKeyKind } from '@aegisguard/model';
import type { OrganizationAccess } from './server.ts';
import { signIn } from './signed-client.ts';

/** What the API tells of a new key; `secret` is the HMAC secret or the token. */
export interface NewApiKey {
  readonly id: string;
  readonly key: string;
  readonly secret: string;
}

/** Makes an API key as the organization's owner. */
export async function createApiKey(
  server: OrganizationAccess,
  kind: ApiKeyKind,
  wishes: { readonly name?: string; readonly scopes?: readonly string[]; readonly origins?: readonly string[] } = {},
): Promise<NewApiKey> {
  const api = await signIn(server.url, server.adminEmail, server.adminPassword);
  const answer = await api.post('/apikeys', { name: `a ${kind} key`, kind, ...wishes });
  if (answer.status !== 201) {
    throw new Error(`POST /apikeys answered ${answer.status}: ${await answer.text()}`);
  }
  return (await answer.json()) as NewApiKey;
}
