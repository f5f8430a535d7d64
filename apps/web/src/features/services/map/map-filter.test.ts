import { expect, it } from 'vitest';
import type { MapEdge, MapNode } from './map-edges.ts';
import { filterMap } from './map-filter.ts';

const node = (id: string, type: MapNode['type'], errorRatio: number) => ({ id, type, red: { errorRatio } }) as MapNode;
const edge = (client: string, server: string, errorRatio: number) => ({ client, server, errorRatio }) as MapEdge;
const MAP = {
  nodes: [
    node('web', 'service', 0),
    node('api', 'service', 0.02),
    node('bad', 'service', 0.5),
    node('db', 'database', 0),
  ],
  edges: [edge('web', 'api', 0), edge('api', 'db', 0.02), edge('web', 'db', 0)],
};
const shown = (filter: Parameters<typeof filterMap>[1]) => {
  const { nodes, edges } = filterMap(MAP, filter);
  return [nodes.map(({ id }) => id), edges.map(({ client, server }) => `${client} ${server}`)];
};

it('shows what is asked for', () => {
  expect(shown({ hidden: [], health: 'all' })).toEqual([
    ['web', 'api', 'bad', 'db'],
    ['web api', 'api db', 'web db'],
  ]);
  expect(shown({ hidden: ['database'], health: 'all' })).toEqual([['web', 'api', 'bad'], ['web api']]);
  expect(shown({ hidden: [], health: 'warn' })).toEqual([['api', 'bad', 'db'], ['api db']]);
  expect(shown({ hidden: ['database'], health: 'danger' })).toEqual([['bad'], []]);
});
