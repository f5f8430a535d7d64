import type { ApiKeyView } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { lackedSignals, optionWords, suits } from './keys-api.ts';
import { OTEL_HTTP } from './snippets/opentelemetry.ts';
import { PROMETHEUS } from './snippets/prometheus.ts';

const NOW_MS = Date.parse('2026-11-26T12:00:00Z');
const KEY: ApiKeyView = {
  id: 'k',
  name: 'k',
  kind: 'token',
  key: 'k',
  scopes: ['metrics:write'],
  origins: [],
  requireTimestamp: false,
  createdAt: '2026-11-26T00:00:00Z',
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
  createdByName: null,
};

it.each([
  ['a token that may write metrics', {}, true],
  ['one that expires later', { expiresAt: '2026-11-27T00:00:00Z' }, true],
  ['one that has expired', { expiresAt: '2026-11-26T00:00:00Z' }, false],
  ['one that is revoked', { revokedAt: '2026-11-26T00:00:00Z' }, false],
  ['one for other signals', { scopes: ['logs:write'] }, false],
  ['a signed key', { kind: 'signed' }, false],
] as const)('%s', (_, fields, expected) => {
  expect(suits({ ...KEY, ...fields } as ApiKeyView, PROMETHEUS, NOW_MS)).toBe(expected);
});

it('says what a key that suits in part may not write', () => {
  expect(lackedSignals(KEY, PROMETHEUS)).toEqual([]);
  expect(lackedSignals(KEY, OTEL_HTTP)).toEqual(['logs', 'traces']);
});

it('tells keys of the same name apart', () => {
  const other = { ...KEY, id: 'k2' };
  expect(optionWords(KEY, [KEY, { ...other, name: 'other' }])).toBe('k');
  expect(optionWords(other, [KEY, other])).toBe('k (k2)');
});
