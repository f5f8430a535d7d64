import { type Access, QUERY_TOKEN_PERMISSIONS } from '@aegisguard/model';
import type { Caller } from './callers.ts';

/** How a declaration has a caller refused in organization A; undefined where it lets them through. */
export function expectedRefusal(access: Access, caller: Caller): 401 | 403 | undefined {
  switch (access.kind) {
    case 'public':
      return undefined;
    case 'ingest':
      return { 'ingest-key': undefined, 'query-token': 403, person: 401, nobody: 401 }[caller.kind] as 401 | 403;
    case 'half-login':
      // None of the callers has begun a login, so this is about their sessions; another's token is none.
      return caller.kind === 'query-token' ? 401 : refusalOfReader({ kind: 'own-session' }, caller);
    default:
      return refusalOfReader(access, caller);
  }
}

function refusalOfReader(
  access: Exclude<Access, { kind: 'public' | 'half-login' | 'ingest' }>,
  { kind, permissions, isSso }: Caller,
): 401 | 403 | undefined {
  if (kind === 'nobody') {
    return 401;
  }
  const isLet = {
    person: access.kind === 'permission' ? permissions.has(access.permission) : access.kind === 'person' || !isSso,
    'query-token': access.kind === 'permission' && QUERY_TOKEN_PERMISSIONS.has(access.permission),
    'ingest-key': false,
  }[kind];
  return isLet ? undefined : 403;
}
