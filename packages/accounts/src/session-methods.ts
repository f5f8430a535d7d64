import { AUTH_METHODS, type AuthMethod } from '@aegisguard/model';

/** Whether this version knows such a way of authenticating. */
export function isMethod(text: string): text is AuthMethod {
  return AUTH_METHODS.some((method) => method === text);
}
