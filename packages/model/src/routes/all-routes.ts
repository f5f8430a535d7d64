import { AUDIT_ROUTES } from './audit-routes.ts';
import { AUTH_ROUTES } from './auth-routes.ts';
import { EVENT_ROUTES } from './event-routes.ts';
import { KEY_ROUTES } from './key-routes.ts';
import { MFA_ROUTES } from './mfa-routes.ts';
import { ORGANIZATION_ROUTES } from './organization-routes.ts';
import { PEOPLE_ROUTES } from './people-routes.ts';
import type { Route } from './route.ts';
import { SSO_ROUTES } from './sso-routes.ts';
import { VIEW_ROUTES } from './view-routes.ts';

/** Every route of the HTTP API by its id: `ROUTES.login`. */
export const ROUTES = {
  ...AUTH_ROUTES,
  ...MFA_ROUTES,
  ...SSO_ROUTES,
  ...ORGANIZATION_ROUTES,
  ...PEOPLE_ROUTES,
  ...KEY_ROUTES,
  ...AUDIT_ROUTES,
  ...EVENT_ROUTES,
  ...VIEW_ROUTES,
} as const;

/** The same as a list. */
export const ALL_ROUTES: readonly Route[] = Object.values(ROUTES);
