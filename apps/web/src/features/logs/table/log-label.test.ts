import type { LogView } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { labelNamesOf, logLabel } from './log-label.ts';
import { parsedNamesOf } from './parsed-names.ts';

const LOG: LogView = {
  id: 'a',
  timestamp: '2026-11-27T10:00:00.000000000Z',
  level: 'error',
  service: 'checkout',
  message: 'm',
  traceId: 'abc',
  attributes: { http: { status: 500 }, tags: ['a'] },
  resource: { 'k8s.pod.name': 'pod-1' },
  geo: { timeZone: 'Europe/Berlin' },
  parsed: { status: '200', __error__: 'JSONParserErr' },
};

describe('labels of a log', () => {
  it.each([
    ['service', 'checkout'],
    ['service_name', 'checkout'],
    ['trace_id', 'abc'],
    ['http_status', '500'],
    ['tags', '["a"]'],
    ['k8s_pod_name', 'pod-1'],
    ['geo_time_zone', 'Europe/Berlin'],
    ['status', '200'],
    ['__error__', 'JSONParserErr'],
    ['host', ''],
    ['constructor', ''],
  ])('%s is %j', (name, value) => {
    expect(logLabel(LOG, name)).toBe(value);
  });

  it('are named, the most frequent first', () => {
    const names = labelNamesOf([LOG, { ...LOG, attributes: {}, resource: {}, parsed: { status: '1' } }]);
    expect(names.slice(0, 2)).toContain('status');
    expect(names).toContain('http_status');
    expect([...parsedNamesOf([LOG])]).toEqual(['status', '__error__']);
  });
});
