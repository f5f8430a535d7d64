import { type StoredRumEvent, unixNanos } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { sessionSummaryView, sessionView } from './session-view.ts';

function event(more: Partial<StoredRumEvent>): StoredRumEvent {
  return {
    timestamp: unixNanos(1_700_000_000_000_000_000n),
    type: 'view',
    application: 'shop',
    release: '',
    env: '',
    sessionId: 's',
    userId: '',
    viewId: '',
    url: '',
    name: '',
    value: Number.NaN,
    durationMs: Number.NaN,
    stack: '',
    attributes: {},
    data: null,
    details: {},
    geo: {},
    userAgent: {},
    truncated: false,
    index: 0,
    batchId: 'batch',
    ...more,
  };
}

it('shows what is there and leaves out what is not', () => {
  const full = event({
    timestamp: unixNanos(1_700_000_001_000_000_001n),
    type: 'vital',
    release: '1',
    env: 'prod',
    userId: 'u',
    viewId: 'v',
    url: '/a',
    name: 'LCP',
    value: 0,
    durationMs: 0,
    stack: 'at x',
    attributes: { a: { b: [1] } },
    data: [1, null],
    truncated: true,
    index: 3,
  });
  expect(
    sessionView('s', [event({}), full, event({ timestamp: unixNanos(1_700_000_002_000_000_000n) })], false),
  ).toEqual({
    sessionId: 's',
    application: 'shop',
    release: '1',
    env: 'prod',
    userId: 'u',
    startTime: '2023-11-14T22:13:20.000000000Z',
    endTime: '2023-11-14T22:13:22.000000000Z',
    events: [
      { id: 'batch-0', type: 'view', timestamp: '2023-11-14T22:13:20.000000000Z', attributes: {} },
      {
        id: 'batch-3',
        type: 'vital',
        timestamp: '2023-11-14T22:13:21.000000001Z',
        viewId: 'v',
        url: '/a',
        name: 'LCP',
        value: 0,
        durationMs: 0,
        stack: 'at x',
        attributes: { a: { b: [1] } },
        data: [1, null],
        truncated: true,
      },
      { id: 'batch-0', type: 'view', timestamp: '2023-11-14T22:13:22.000000000Z', attributes: {} },
    ],
    warnings: [],
  });
});

it('warns of events left out and of several applications', () => {
  const { warnings } = sessionView('s', [event({}), event({ application: 'blog' })], true);
  expect(warnings).toEqual([
    expect.stringContaining('more events than these 2'),
    expect.stringContaining('shop, blog'),
  ]);
});

it('a session of a list', () => {
  const session = {
    sessionId: 's',
    application: 'shop',
    userId: '',
    startTime: unixNanos(1n),
    endTime: unixNanos(2n),
    eventCount: 3,
    errorCount: 1,
    viewCount: 1,
    hasReplay: true,
  };
  const { userId: _, ...shown } = session;
  const times = { startTime: '1970-01-01T00:00:00.000000001Z', endTime: '1970-01-01T00:00:00.000000002Z' };
  expect(sessionSummaryView(session)).toEqual({ ...shown, ...times });
  expect(sessionSummaryView({ ...session, userId: 'u' })).toEqual({ ...shown, ...times, userId: 'u' });
});
