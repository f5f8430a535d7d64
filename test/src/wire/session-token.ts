import { createHmac } from 'node:crypto';

/** An access token of a session, signed as the server would: another's token with other claims. */
export function sessionToken(
  accessToken: string,
  jwtSecret: string,
  claims: { readonly sub: string; readonly sid: string },
): string {
  const [header = '', payload = ''] = accessToken.split('.');
  const others = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const signed = `${header}.${Buffer.from(JSON.stringify({ ...others, ...claims })).toString('base64url')}`;
  return `${signed}.${createHmac('sha256', jwtSecret).update(signed).digest('base64url')}`;
}
