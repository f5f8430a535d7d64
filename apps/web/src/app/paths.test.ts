import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loginPath, logsPath, nextAfterLogin, SIGNED_IN_PATH, ssoStartPath } from './paths.ts';

function nextOf(path: string): string {
  return nextAfterLogin(new URL(path, 'http://x.invalid').searchParams.get('next'));
}

describe('the way through the login', () => {
  it('leads back to where one wanted to go', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string({ unit: 'binary' }), (orgId, query) => {
        const wanted = `${logsPath(orgId)}?${new URLSearchParams({ q: query })}`;
        expect(nextOf(loginPath(wanted))).toBe(wanted);
      }),
    );
  });

  it('leads back through an identity provider, too', () => {
    const start = new URL(ssoStartPath('a/b', '/o/1/logs?q=x&dir=forward'), 'http://x.invalid');
    expect(start.pathname).toBe('/auth/sso/a%2Fb');
    const end = start.searchParams.get('next') ?? '';
    expect(end.startsWith(`${SIGNED_IN_PATH}?`)).toBe(true);
    expect(nextOf(end)).toBe('/o/1/logs?q=x&dir=forward');
  });

  it.each([
    null,
    '',
    '//evil.example/x',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/login?next=/login',
    'logs',
  ])('never leads to %j', (wanted) => {
    expect(nextAfterLogin(wanted)).toBe('/');
  });

  it('stays on this site whatever the link says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const next = new URL(nextAfterLogin(`/${text}`), 'http://x.invalid');
        expect(next.origin).toBe('http://x.invalid');
      }),
    );
  });
});
