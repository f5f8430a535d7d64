import { type Access, QUERY_TOKEN_PERMISSIONS, type Route } from '@aegisguard/model';
import { REFRESH_COOKIE } from '../platform/refresh-cookie.ts';

/** How a caller can prove who it is (https://spec.openapis.org/oas/v3.1.1#security-scheme-object). */
export const SECURITY_SCHEMES = {
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The `accessToken` of a login; good for 15 minutes.',
  },
  queryToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'The secret of a key of kind `query`: reads telemetry of its organization.',
  },
  queryBasic: { type: 'http', scheme: 'basic', description: 'The id of a key of kind `query`, and its secret.' },
  orgKey: { type: 'apiKey', in: 'header', name: 'x-org-key', description: 'The id of a key.' },
  signature: {
    type: 'apiKey',
    in: 'header',
    name: 'x-signature',
    description:
      '`sha256=<hex HMAC-SHA256(secret, body as sent)>` or, with `x-timestamp` (Unix ms), `v1=<hex HMAC-SHA256(secret, timestamp + "." + body)>`.',
  },
  ingestToken: { type: 'http', scheme: 'bearer', description: 'The secret of a key of kind `token`.' },
  ingestBasic: { type: 'http', scheme: 'basic', description: 'The id of a key of kind `token`, and its secret.' },
  refreshCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: REFRESH_COOKIE,
    description:
      'HttpOnly, SameSite=Strict; set by a login and by each refresh. Over https its name begins with `__Host-`.',
  },
} as const;

type Requirement = Readonly<Partial<Record<keyof typeof SECURITY_SCHEMES, string[]>>>;

/** Which proofs a route takes; one of them is enough. */
export function securityOf({ access, takesCookie }: Route): Requirement[] {
  return [...requirementsOf(access), ...(takesCookie === true ? [{ refreshCookie: [] }] : [])];
}

function requirementsOf(access: Access): Requirement[] {
  switch (access.kind) {
    case 'public':
      return [];
    case 'ingest': {
      const browser = access.scope === 'rum:write' ? [{ orgKey: [] }] : [];
      return [{ orgKey: [], signature: [] }, { ingestToken: [] }, { ingestBasic: [] }, ...browser];
    }
    case 'half-login':
      return [{}, { accessToken: [] }];
    case 'permission':
      return QUERY_TOKEN_PERMISSIONS.has(access.permission)
        ? [{ accessToken: [] }, { queryToken: [] }, { queryBasic: [] }]
        : [{ accessToken: [] }];
    default:
      return [{ accessToken: [] }];
  }
}
