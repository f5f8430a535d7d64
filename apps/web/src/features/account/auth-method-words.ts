import type { AuthMethod } from '@aegisguard/model';

const WORDS: Readonly<Record<AuthMethod, string>> = {
  password: 'password',
  totp: 'one-time code',
  passkey: 'passkey',
  'recovery-code': 'recovery code',
  sso: 'single sign-on',
};

/** How a session was signed in, in words: `Password and one-time code`. */
export function authMethodWords(methods: readonly AuthMethod[]): string {
  const text = new Intl.ListFormat('en').format(methods.map((method) => WORDS[method]));
  return text.charAt(0).toUpperCase() + text.slice(1);
}
