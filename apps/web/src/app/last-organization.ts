import type { MembershipView } from '@aegisguard/model';
import { z } from 'zod';
import { readStored, writeStored } from '../lib/stored-value.ts';

const KEY = 'aegis.organization';

/** Remembers the organization that was last looked at. */
export function rememberOrganization(orgId: string): void {
  writeStored(KEY, orgId);
}

/** The organization to open when the address names none: the last one, else the first. */
export function startOrganization(memberships: readonly MembershipView[]): MembershipView | undefined {
  const last = readStored(KEY, z.string(), '');
  return memberships.find((membership) => membership.id === last) ?? memberships[0];
}
