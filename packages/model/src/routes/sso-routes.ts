import { z } from 'zod';
import { SsoSettings, SsoTestAnswer, SsoTestRequest, SsoView } from '../api-organization.ts';
import { defineRoute } from './route.ts';

const tag = 'Single sign-on';
const READ = { kind: 'permission', permission: 'organization:read' } as const;
const WRITE = { kind: 'permission', permission: 'organization:write' } as const;
const PUBLIC = { kind: 'public' } as const;

/** An organization's identity provider (OpenID Connect), and signing in through it. */
export const SSO_ROUTES = {
  readSso: defineRoute({
    id: 'readSso',
    method: 'GET',
    path: '/organization/sso',
    tag,
    summary: 'How single sign-on is set up',
    access: READ,
    effect: 'read',
    answer: SsoView,
    status: 200,
  }),
  putSso: defineRoute({
    id: 'putSso',
    method: 'PUT',
    path: '/organization/sso',
    tag,
    summary: 'Set up or change single sign-on',
    access: WRITE,
    effect: 'sso.update',
    body: SsoSettings,
    answer: SsoView,
    status: 200,
    // Whoever sets it up gives roles, and only an owner chooses the provider.
    problems: ['forbidden'],
  }),
  deleteSso: defineRoute({
    id: 'deleteSso',
    method: 'DELETE',
    path: '/organization/sso',
    tag,
    summary: 'Remove single sign-on; sessions that came in through it end',
    access: WRITE,
    effect: 'sso.delete',
    answer: null,
    status: 204,
    problems: ['not-found'],
  }),
  testSso: defineRoute({
    id: 'testSso',
    method: 'POST',
    path: '/organization/sso/test',
    tag,
    summary: 'Ask an issuer what it says of itself',
    access: WRITE,
    effect: 'read',
    body: SsoTestRequest,
    answer: SsoTestAnswer,
    status: 200,
  }),
  startSso: defineRoute({
    id: 'startSso',
    method: 'GET',
    path: '/auth/sso/:slug',
    tag,
    summary: "Go to the organization's identity provider",
    description: 'Authorization code with PKCE. A browser navigates here; it comes back to `/auth/sso/callback`.',
    access: PUBLIC,
    effect: 'session',
    params: z.strictObject({ slug: z.string().max(100) }),
    query: z.strictObject({ next: z.string().max(2000).optional() }),
    answer: null,
    status: 302,
  }),
  finishSso: defineRoute({
    id: 'finishSso',
    method: 'GET',
    path: '/auth/sso/callback',
    tag,
    summary: 'Come back from the identity provider',
    description:
      'Sets the refresh cookie and goes on to the web application, or back to its login page with the reason.',
    access: PUBLIC,
    effect: 'session',
    query: z.looseObject({}),
    answer: null,
    status: 302,
  }),
} as const;
