import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prometheusName, prometheusUnit } from './prometheus-name.ts';

describe('names', () => {
  it.each([
    ['http.server.request.duration', 's', 'other', 'http_server_request_duration_seconds'],
    ['http.server.duration_seconds', 's', 'other', 'http_server_duration_seconds'],
    ['system.network.io', 'By', 'counter', 'system_network_io_bytes_total'],
    ['system.network.io', 'kBy', 'counter', 'system_network_io_kilobytes_total'],
    ['requests', '1', 'counter', 'requests_total'],
    ['requests.total', '1', 'counter', 'requests_total'],
    ['total.requests', '{request}', 'counter', 'requests_total'],
    ['system.cpu.utilization', '1', 'gauge', 'system_cpu_utilization_ratio'],
    ['system.cpu.utilization', '1', 'other', 'system_cpu_utilization'],
    ['ratio', '1', 'gauge', 'ratio'],
    ['speed', 'm/s', 'gauge', 'speed_meters_per_second'],
    ['rate', '{packet}/s', 'gauge', 'rate_per_second'],
    ['rate.per.second', '{packet}/s', 'gauge', 'rate_per_second'],
    ['rate', 'By/min', 'gauge', 'rate_bytes_per_minute'],
    ['queue', '{items}', 'gauge', 'queue'],
    ['odd', 'foo.bar', 'gauge', 'odd_foo_bar'],
    ['odd', 'ft/fortnight', 'gauge', 'odd_ft_per_fortnight'],
    ['a__b..c--d', '', 'other', 'a_b_c_d'],
    ['_leading.and.trailing_', '', 'other', 'leading_and_trailing'],
    ['recorded:rule', '', 'other', 'recorded:rule'],
    ['5xx', '', 'counter', '_5xx_total'],
    ['größe', 'By', 'gauge', 'gr_e_bytes'],
    ['名前', 's', 'gauge', ''],
    ['', 's', 'counter', ''],
  ] as const)('%s in %s as a %s is %s', (name, unit, kind, prometheus) => {
    expect(prometheusName(name, unit, kind)).toBe(prometheus);
  });

  it('are names that Prometheus has always known, and stay as they are', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('', 's', '1', 'By/s', '%'),
        fc.constantFrom('counter', 'other'),
        (name, unit, kind) => {
          const once = prometheusName(name, unit, kind);
          expect(once).toMatch(/^([a-zA-Z_:][a-zA-Z0-9_:]*)?$/);
          expect(prometheusName(once, unit, kind)).toBe(once);
        },
      ),
    );
  });
});

describe('units', () => {
  it.each([
    ['s', 'seconds'],
    ['By', 'bytes'],
    ['1', ''],
    ['', ''],
    ['{request}', ''],
    ['m/s', 'meters_per_second'],
    ['{request}/s', 'per_second'],
    ['%', 'percent'],
    ['Cel', 'celsius'],
  ])('%s is %s', (unit, words) => {
    expect(prometheusUnit(unit)).toBe(words);
  });
});
