import { type ApiKeyView, INGEST_SCOPES } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { keyState, powerWords } from './key-words.ts';

const NOW = Date.parse('2026-11-26T10:00:00Z');
const KEY: ApiKeyView = {
  id: 'ak_1',
  name: 'agent',
  kind: 'token',
  key: 'ak_1',
  scopes: [...INGEST_SCOPES],
  origins: [],
  requireTimestamp: false,
  createdAt: '2026-11-01T00:00:00.000Z',
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
  createdByName: null,
};

it('is active until it expires, and revoked for good', () => {
  expect(keyState(KEY, NOW)).toBe('active');
  expect(keyState({ ...KEY, expiresAt: '2026-11-26T10:00:00.001Z' }, NOW)).toBe('active');
  expect(keyState({ ...KEY, expiresAt: '2026-11-26T10:00:00.000Z' }, NOW)).toBe('expired');
  const revokedAt = '2026-11-20T00:00:00.000Z';
  expect(keyState({ ...KEY, revokedAt, expiresAt: '2026-11-25T00:00:00.000Z' }, NOW)).toBe('revoked');
});

it('says what a key may do', () => {
  expect(powerWords(KEY)).toBe('All signals');
  expect(powerWords({ ...KEY, scopes: ['logs:write', 'events:write'] })).toBe('Logs, Security events');
  expect(powerWords({ ...KEY, kind: 'query', scopes: [] })).toBe('Reads telemetry');
});
