// https://www.rfc-editor.org/rfc/rfc7617
import { keyIdOfToken } from '@aegisguard/accounts';

/** The token of Basic credentials, a key's id and its token; '' when they are anything else. A token names its key: a user that names another is a lie. */
export function basicToken(credentials: string): string {
  const text = Buffer.from(credentials, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const token = text.slice(colon + 1);
  return colon > 0 && keyIdOfToken(token) === text.slice(0, colon) ? token : '';
}
