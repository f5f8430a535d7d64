import { createHmac } from 'node:crypto';

/** Who signs. */
export interface Signer {
  readonly orgKey: string;
  readonly orgSecret: string;
}

/** The headers of a signed request (contract §3): `v1` when a timestamp is given, else `sha256`. */
export function signHeaders(signer: Signer, body: string | Uint8Array, timestampMs?: number): Record<string, string> {
  const hmac = createHmac('sha256', signer.orgSecret);
  if (timestampMs === undefined) {
    return { 'x-org-key': signer.orgKey, 'x-signature': `sha256=${hmac.update(body).digest('hex')}` };
  }
  const signature = `v1=${hmac.update(`${timestampMs}.`).update(body).digest('hex')}`;
  return { 'x-org-key': signer.orgKey, 'x-timestamp': String(timestampMs), 'x-signature': signature };
}

/** Sends a signed JSON body to an ingest route, such as `/v1/traces`. */
export function sendSigned(url: string, signer: Signer, path: string, body: object): Promise<Response> {
  const text = JSON.stringify(body);
  return fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signHeaders(signer, text) },
    body: text,
  });
}

/** Sends one signed batch of logs to `POST /v1/logs`. */
export function sendLogs(
  url: string,
  signer: Signer,
  logs: readonly unknown[],
  headers: Record<string, string> = {},
): Promise<Response> {
  const body = JSON.stringify({ logs });
  return fetch(`${url}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signHeaders(signer, body), ...headers },
    body,
  });
}

/** Signs in and answers with a function that posts JSON with the token. */
export async function signIn(url: string, email: string, password: string) {
  const answer = await fetch(`${url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (answer.status !== 200) {
    throw new Error(`login answered ${answer.status}: ${await answer.text()}`);
  }
  const { accessToken } = (await answer.json()) as { accessToken: string };
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  return {
    accessToken,
    get: (path: string) => fetch(`${url}${path}`, { headers }),
    post: (path: string, body: unknown, init: RequestInit = {}) =>
      fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body), ...init }),
  };
}
