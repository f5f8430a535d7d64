import { ALL_ROUTES, type AUDIT_ROUTES, type KEY_ROUTES, type VIEW_ROUTES } from '@aegisguard/model';
import { expect, expectTypeOf, it } from 'vitest';
import { type Answered, addressOf, type RouteCall } from './send-route.ts';

it('fills every parameter of a path, percent-encoded', () => {
  expect(addressOf('/auth/invitations/:token/join', { params: { token: 'a/b?c' } })).toBe(
    '/auth/invitations/a%2Fb%3Fc/join',
  );
  for (const { path, params } of ALL_ROUTES) {
    const values = Object.fromEntries(Object.keys(params?.shape ?? {}).map((name) => [name, 'x']));
    expect(addressOf(path, { params: values })).not.toContain(':');
  }
});

it('leaves query parameters out that have no value', () => {
  expect(addressOf('/apikeys', { query: { limit: 5, cursor: undefined, q: 'a b' } })).toBe('/apikeys?limit=5&q=a+b');
  expect(addressOf('/apikeys', { query: { cursor: undefined } })).toBe('/apikeys');
});

it('asks for what a route needs and gives what it answers', () => {
  expectTypeOf<RouteCall<typeof KEY_ROUTES.rotateKey>>().toExtend<{
    orgId: string;
    params: { id: string };
    body: { overlapSeconds?: number | undefined };
  }>();
  expectTypeOf<{ orgId: string }>().toExtend<RouteCall<typeof AUDIT_ROUTES.verifyAudit>>();
  expectTypeOf<{ orgId: string }>().not.toExtend<RouteCall<typeof VIEW_ROUTES.readView>>();
  expectTypeOf<Answered<typeof KEY_ROUTES.revokeKey>>().toEqualTypeOf<null>();
  expectTypeOf<Answered<typeof AUDIT_ROUTES.exportAudit>>().toEqualTypeOf<string>();
});
