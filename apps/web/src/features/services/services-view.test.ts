import { GRAPH_NODE_TYPES } from '@aegisguard/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { REFRESH_SECONDS } from '../../lib/refresh-seconds.ts';
import {
  HOPS,
  MAP_FORMS,
  MAP_HEALTHS,
  parseMapView,
  parseServicesView,
  parseServiceView,
  printMapView,
  printServicesView,
  printServiceView,
} from './services-view.ts';

const timed = {
  range: fc.constantFrom({ from: 'now-1h', to: 'now' }, { from: 'now-6h', to: 'now-1h' }),
  refresh: fc.constantFrom(...REFRESH_SECONDS),
  env: fc.option(fc.string(), { nil: undefined }),
};
const optional = fc.option(fc.string({ minLength: 1 }), { nil: undefined });

it('what an address says is read back', () => {
  fc.assert(
    fc.property(
      fc.record({ ...timed, search: optional, sort: fc.constantFrom('calls' as const, 'p95' as const) }),
      fc.record({
        ...timed,
        service: fc.string(),
        operation: fc.option(fc.string(), { nil: undefined }),
        isByVersion: fc.boolean(),
      }),
      fc.record({
        ...timed,
        service: optional,
        hops: fc.constantFrom(...HOPS),
        node: optional,
        edge: fc.option(fc.record({ client: fc.string({ minLength: 1 }), server: fc.string({ minLength: 1 }) }), {
          nil: undefined,
        }),
        hidden: fc.subarray([...GRAPH_NODE_TYPES]),
        health: fc.constantFrom(...MAP_HEALTHS),
        shown: fc.constantFrom(...MAP_FORMS),
      }),
      (services, service, map) => {
        expect(parseServicesView(printServicesView(services))).toEqual(services);
        expect(parseServiceView(printServiceView(service))).toEqual(service);
        expect(parseMapView(printMapView(map))).toEqual(map);
      },
    ),
    { numRuns: 50 },
  );
});

it('what makes no sense is as in the default view', () => {
  expect(parseServicesView(new URLSearchParams('sort=size&refresh=7'))).toMatchObject({ sort: 'calls', refresh: 0 });
  expect(parseMapView(new URLSearchParams('hops=99'))).toMatchObject({ hops: 2 });
  expect(printServicesView(parseServicesView(new URLSearchParams())).toString()).toBe('');
});
