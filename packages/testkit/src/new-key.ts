import type { ApiKeyKind, NewApiKeyAnswer, NewApiKeyRequest } from '@aegisguard/model';
import type { TestServer } from './server.ts';
import { signIn } from './signed-client.ts';

/** Makes a key as the server's owner. */
export async function newKey(
  server: TestServer,
  kind: ApiKeyKind,
  rest: Omit<NewApiKeyRequest, 'name' | 'kind'> = {},
): Promise<NewApiKeyAnswer> {
  const api = await signIn(server.url, server.adminEmail, server.adminPassword);
  const answer = await api.post('/apikeys', { name: `a ${kind} key`, kind, ...rest });
  if (answer.status !== 201) {
    throw new Error(`POST /apikeys answered ${answer.status}: ${await answer.text()}`);
  }
  return (await answer.json()) as NewApiKeyAnswer;
}
