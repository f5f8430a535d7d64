import { nanosFromMs, type StoredSecurityEvent } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { securityEventView, severityCounts } from './security-event-view.ts';

const EVENT: StoredSecurityEvent = {
  timestamp: nanosFromMs(0),
  batchId: 'b',
  index: 3,
  type: 'auth.login_failed',
  severity: 'low',
  source: 'platform',
  actor: 'ann',
  ip: '',
  country: '',
  target: '',
  message: '',
  attributes: { count: 2 },
  details: {},
  occurrences: 2,
  truncated: false,
};

it('shows what an event says, and the title of the platform’s own', () => {
  const shown = {
    id: 'b-3',
    timestamp: '1970-01-01T00:00:00.000000000Z',
    type: 'auth.login_failed',
    severity: 'low',
    source: 'platform',
    title: 'Failed login',
    actor: 'ann',
    attributes: { count: 2 },
    occurrences: 2,
  };
  expect(securityEventView(EVENT)).toEqual(shown);
  const { title, ...untitled } = shown;
  expect(securityEventView({ ...EVENT, source: 'ingested' })).toEqual({ ...untitled, source: 'ingested' });
  expect(securityEventView({ ...EVENT, type: 'constructor' })).toEqual({ ...untitled, type: 'constructor' });
});

it('lays counts out over the steps, least severity first', () => {
  const counts = [
    { step: 0, severity: 'high', count: 2 },
    { step: 2, severity: 'high', count: 1 },
    { step: 1, severity: 'info', count: 5 },
  ] as const;
  expect(severityCounts(counts, 3)).toEqual({
    severities: [
      { severity: 'info', counts: [0, 5, 0] },
      { severity: 'high', counts: [2, 0, 1] },
    ],
    total: 8,
  });
  expect(severityCounts([], 3)).toEqual({ severities: [], total: 0 });
});
