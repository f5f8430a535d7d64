import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { BootstrapConfig } from '@aegisguard/config';
import { readKept, writeKept } from './kept-file.ts';

/** Who owns the demo's organization. */
export interface Login {
  readonly email: string;
  readonly password: string;
}

/** A login, and how the demo came to it. */
export interface KnownLogin extends Login {
  /** `given`: by the environment; `kept`: from an earlier start; `new`: what a first start is to make. */
  readonly origin: 'given' | 'kept' | 'new';
}

const ADMIN_EMAIL = 'admin@aegisguard.local';

/** Where a login is kept that the demo made up. */
export function loginPath(directory: string): string {
  return join(directory, 'login.json');
}

/** The login to try: it is decided, and kept, before the server starts, since a first start makes the owner by it. */
export async function decideLogin(directory: string, wishes: BootstrapConfig): Promise<KnownLogin> {
  const { adminEmail, adminPassword } = wishes;
  if (adminPassword !== undefined) {
    return { email: adminEmail ?? ADMIN_EMAIL, password: adminPassword, origin: 'given' };
  }
  const kept = await readKept<Login>(loginPath(directory));
  if (kept !== undefined) return { ...kept, origin: 'kept' };
  const login = { email: adminEmail ?? ADMIN_EMAIL, password: newPassword() };
  await writeKept(loginPath(directory), login);
  return { ...login, origin: 'new' };
}

/** A login of the demo's own, for a server whose owner's password is not known. */
export async function makeOwnLogin(directory: string): Promise<Login> {
  const login = { email: `demo-${randomBytes(3).toString('hex')}@aegisguard.local`, password: newPassword() };
  await writeKept(loginPath(directory), login);
  return login;
}

function newPassword(): string {
  return randomBytes(15).toString('base64url');
}
