import { AUDIT_ACTIONS, type AuditEntryView } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { actionGroups, auditSentence, sentenceText } from './audit-words.ts';

const ENTRY: AuditEntryView = {
  id: 'e1',
  seq: 1,
  at: '2026-11-26T10:00:00.000Z',
  actor: { kind: 'user', id: 'u1', name: 'ada@example.com' },
  action: 'key.revoke',
  target: { kind: 'key', id: 'ak_1', name: 'agent' },
  before: null,
  after: null,
  ip: null,
  userAgent: null,
  requestId: null,
  hash: '00',
};
const BOB = { kind: 'user', id: 'u2', name: 'bob@example.com' };

it.each([
  ['key.revoke', ENTRY.target, 'ada@example.com revoked the API key agent'],
  ['role.create', { kind: 'role', id: 'r1', name: 'on call' }, 'ada@example.com made the role on call'],
  ['view.update', { kind: 'view', id: 'v1', name: 'errors' }, 'ada@example.com changed the saved view errors'],
  ['user.remove', BOB, 'ada@example.com removed bob@example.com'],
  ['user.role', BOB, 'ada@example.com changed the role of bob@example.com'],
  ['user.password', { kind: 'user', id: 'u1', name: 'ada@example.com' }, 'ada@example.com changed their password'],
  [
    'organization.update',
    { kind: 'organization', id: 'o1', name: 'Acme' },
    'ada@example.com changed settings of the organization Acme',
  ],
  [
    'dead-letter.replay',
    { kind: 'dead-letter', id: 'd1', name: 'logs' },
    'ada@example.com put a dead letter back into the queue',
  ],
  ['rocket.launch', { kind: 'rocket', id: 'x', name: 'x' }, 'ada@example.com rocket.launch'],
])('tells %s', (action, target, text) => {
  expect(sentenceText(auditSentence({ ...ENTRY, action, target }))).toBe(text);
});

it('tells what the product does by itself', () => {
  const actor = { kind: 'system', id: null, name: 'system' } as const;
  const target = { kind: 'key', id: 'ak_1', name: 'first key' };
  expect(sentenceText(auditSentence({ ...ENTRY, actor, action: 'key.create', target }))).toBe(
    'AegisGuard made the API key first key',
  );
});

it('offers every action once', () => {
  expect(
    actionGroups()
      .flatMap(({ actions }) => actions)
      .toSorted(),
  ).toEqual(Object.keys(AUDIT_ACTIONS).toSorted());
});
