import { expect, it } from 'vitest';
import { firstSteps, type OrganizationState, setsRetention } from './first-steps.ts';

const NEW: OrganizationState = {
  hasLog: false,
  memberCount: 1,
  waitingInvitations: 0,
  mfaEnabled: false,
  policyVersion: 0,
  ownerCount: 1,
  hasSetRetention: false,
};
const done = (state: Partial<OrganizationState>): string[] =>
  firstSteps({ ...NEW, ...state }).flatMap(({ name, isDone }) => (isDone ? [name] : []));

it('leaves everything to do in a new organization', () => {
  expect(firstSteps(NEW).map(({ name }) => name)).toEqual([
    'log',
    'two-factor',
    'privacy',
    'retention',
    'colleague',
    'owner',
  ]);
  expect(done({})).toEqual([]);
});

it('takes each step for done by what the organization is, not by what was clicked', () => {
  expect(done({ hasLog: true })).toEqual(['log']);
  expect(done({ memberCount: 2 })).toEqual(['colleague']);
  expect(done({ waitingInvitations: 1 })).toEqual(['colleague']);
  expect(done({ mfaEnabled: true, policyVersion: 1 })).toEqual(['two-factor', 'privacy']);
  expect(done({ ownerCount: 2, hasSetRetention: true })).toEqual(['retention', 'owner']);
});

it('says nothing of what is not known', () => {
  const unknown = firstSteps({ ...NEW, hasLog: undefined, waitingInvitations: undefined, policyVersion: undefined });
  expect(unknown.map(({ name }) => name)).toEqual(['two-factor', 'retention', 'owner']);
});

it('finds a change of retention among changes of settings', () => {
  expect(setsRetention([{ after: { name: 'Example' } }, { after: null }])).toBe(false);
  expect(setsRetention([{ after: { name: 'Example' } }, { after: { logsRetentionDays: 7 } }])).toBe(true);
});
