import { PERMISSIONS } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { PERMISSION_GROUPS, permissionChoices } from './permission-groups.ts';

it('has every permission once', () => {
  expect(PERMISSION_GROUPS.flatMap(({ permissions }) => permissions).toSorted()).toEqual([...PERMISSIONS].toSorted());
});

it('says why a permission cannot be given', () => {
  const choices = permissionChoices((permission) => permission !== 'audit:read').flatMap((group) => group.choices);
  const withheld = choices.filter(({ disabledReason }) => disabledReason !== undefined);
  expect(withheld.map(({ value }) => value)).toEqual(['audit:read']);
});
