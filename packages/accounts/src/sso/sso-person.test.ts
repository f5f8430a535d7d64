import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimAt, readSsoPerson } from './sso-person.ts';

describe('a person', () => {
  it('is read from claims', () => {
    const claims = {
      sub: 'u-1',
      email: ' Ada@Example.com ',
      email_verified: true,
      name: ' Ada\nLovelace ',
      groups: ['a', 7, null, 'b'],
    };
    expect(readSsoPerson(claims, 'groups')).toEqual({
      subject: 'u-1',
      email: 'ada@example.com',
      emailVerified: true,
      name: 'Ada Lovelace',
      groups: new Set(['a', 'b']),
    });
  });

  it('may have one group, as a text, and the address for a name', () => {
    expect(readSsoPerson({ sub: 'u', email: 'a@b.example', role: 'admins' }, 'role')).toMatchObject({
      name: 'a@b.example',
      emailVerified: true,
      groups: new Set(['admins']),
    });
  });

  it.each([false, 'false'])('has an address that is not verified when the claim is %j', (verified) => {
    expect(readSsoPerson({ sub: 'u', email: 'a@b.example', email_verified: verified }, 'g')?.emailVerified).toBe(false);
  });

  it.each([[undefined], [7], ['nobody'], ['a@b@c']])('has no address when the claim is %j', (email) => {
    expect(readSsoPerson({ sub: 'u', email }, 'groups')?.email).toBeUndefined();
  });

  it.each([[undefined], [''], [7], ['a\0b'], ['x'.repeat(256)]])('is nobody when the subject is %j', (sub) => {
    expect(readSsoPerson({ sub, email: 'a@b.example' }, 'groups')).toBeUndefined();
  });

  it('comes of whatever claims there are, without a throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (claims, path) => {
        expect([...(readSsoPerson(claims, path)?.groups ?? [])].every((group) => typeof group === 'string')).toBe(true);
      }),
    );
  });
});

describe('a claim', () => {
  it('is found by a path', () => {
    expect(claimAt({ realm_access: { roles: ['a'] } }, 'realm_access.roles')).toEqual(['a']);
  });

  it('is found by its name first, which may have dots', () => {
    expect(claimAt({ 'https://a.example/groups': ['a'] }, 'https://a.example/groups')).toEqual(['a']);
    expect(claimAt({ 'a.b': 1, a: { b: 2 } }, 'a.b')).toBe(1);
  });

  it.each(['constructor.name', '__proto__', 'groups.length', 'a.b.c', ''])('is not there under %s', (path) => {
    expect(claimAt({ a: { b: 'x' } }, path)).toBeUndefined();
  });
});
