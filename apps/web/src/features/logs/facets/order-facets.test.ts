import { expect, it } from 'vitest';
import { orderFacets, searchFacets } from './order-facets.ts';

function facet(label: string, ...values: readonly string[]) {
  return {
    label,
    values: values.map((value, index) => ({ value, count: 10 - index })),
    hasMore: false,
    isEstimate: false,
  };
}

const USUAL = [facet('level', 'info', 'error'), facet('service', 'checkout'), facet('host', 'a')];

it('pinned facets stand first, also those that no log has', () => {
  const ordered = orderFacets(['host', 'region', 'none'], [facet('region', 'eu')], USUAL);
  expect(ordered.map(({ label }) => label)).toEqual(['host', 'region', 'none', 'level', 'service']);
  expect(ordered[1]?.values).toHaveLength(1);
  expect(ordered[2]?.values).toEqual([]);
});

it.each([
  ['', ['level', 'service', 'host']],
  ['ER', ['level', 'service']],
  ['check', ['service']],
  ['nothing', []],
])('a search for %j finds %j', (search, wanted) => {
  expect(searchFacets(USUAL, search).map(({ label }) => label)).toEqual(wanted);
});

it('a label that is called so keeps its values, others only those that are', () => {
  expect(searchFacets(USUAL, 'err')[0]?.values.map(({ value }) => value)).toEqual(['error']);
  expect(searchFacets(USUAL, 'lev')[0]?.values).toHaveLength(2);
});

it('the service is listed once, unless its other name is pinned', () => {
  const both = [facet('service', 'a'), facet('service_name', 'a')];
  expect(orderFacets([], [], both).map(({ label }) => label)).toEqual(['service']);
  expect(orderFacets(['service_name'], [], both).map(({ label }) => label)).toEqual(['service_name', 'service']);
});
