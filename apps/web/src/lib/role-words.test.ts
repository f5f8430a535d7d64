import { type Permission, ROLE_PERMISSIONS, ROLES, type Role } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { roleWords, whyNotGiveRole } from './role-words.ts';

const role = (id: Role) => ({ id, permissions: [...ROLE_PERMISSIONS[id]] as Permission[] });
const giver = (id: Role) => ({ role: id, permissions: role(id).permissions });
const given = (by: Role) => ROLES.filter((each) => whyNotGiveRole(role(each), giver(by)) === undefined);

describe('giving roles', () => {
  it('only an owner makes owners', () => {
    expect(given('owner')).toEqual(['owner', 'admin', 'member', 'viewer']);
    expect(given('admin')).toEqual(['admin', 'member', 'viewer']);
    expect(whyNotGiveRole(role('owner'), giver('admin'))).toBe('Only an owner makes owners.');
  });

  it('nobody gives what they may not do themselves, and is told what that is', () => {
    expect(given('viewer')).toEqual(['viewer']);
    const own = { id: 'some-role', permissions: ['logs:read', 'audit:read'] as Permission[] };
    expect(whyNotGiveRole(own, giver('member'))).toBe(
      'You may not do this yourself: read, verify and export the audit log.',
    );
  });
});

it('calls built-in roles with a capital, and own ones as they are called', () => {
  expect(roleWords({ role: 'owner', roleName: 'owner' })).toBe('Owner');
  expect(roleWords({ role: '0198', roleName: 'on call' })).toBe('on call');
});
