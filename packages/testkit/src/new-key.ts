import type { ApiKeyKind } from '@aegisguard/model';
import type { TestServer } from './server.ts';
import { createApiKey, signIn } from './signed-client.ts';

/** Makes a key as the server's owner. */
export async function newKey(
  server: TestServer,
  kind: ApiKeyKind,
  rest: { readonly scopes?: readonly string[]; readonly origins?: readonly string[] } = {},
): ReturnType<typeof createApiKey> {
  const api = await signIn(server.url, server.adminEmail, server.adminPassword);
  return createApiKey(api, { name: `a ${kind} key`, kind, ...rest });
}
