import { expect, it } from 'vitest';
import { foundNodes, litNodes, type MapEdge, type MapNode, mapWays, wayWidth } from './map-edges.ts';

const edge = (client: string, server: string, more: Partial<MapEdge> = {}) => ({ client, server, ...more }) as MapEdge;
const node = (id: string, name: string) => ({ id, name }) as MapNode;

it('ways are thicker the more calls they have, between two bounds', () => {
  expect(wayWidth(1_000_000, 1_000_000)).toBe(6);
  expect(wayWidth(0, 1_000_000)).toBe(1.25);
  expect(wayWidth(1, 1)).toBe(6);
  expect(wayWidth(1000, 1_000_000)).toBeGreaterThan(wayWidth(100, 1_000_000));
});

it('are one for two nodes, however many protocols they speak', () => {
  const ways = mapWays([
    edge('web', 'api', { system: 'grpc', calls: 10, errors: 1, connectionType: 'direct' }),
    edge('web', 'api', { system: 'kafka', calls: 30, errors: 1, connectionType: 'messaging_system' }),
    edge('api', 'web', { calls: 1, errors: 0, connectionType: 'messaging_system' }),
  ]);
  expect(ways).toMatchObject([
    { client: 'web', server: 'api', calls: 40, errors: 2, errorRatio: 0.05, isMessaging: false },
    { client: 'api', server: 'web', calls: 1, isMessaging: true },
  ]);
  expect(ways[0]?.edges.map(({ system }) => system)).toEqual(['kafka', 'grpc']);
});

it('lights a node and its neighbours', () => {
  const edges = [edge('web', 'api'), edge('api', 'db'), edge('cron', 'db')];
  expect(litNodes(edges, 'api')).toEqual(new Set(['api', 'web', 'db']));
  expect(litNodes(edges, undefined)).toBeUndefined();
});

it('finds nodes by a part of their name', () => {
  const nodes = [node('1', 'Checkout'), node('2', 'web')];
  expect(foundNodes(nodes, ' CHECK ')).toEqual(new Set(['1']));
  expect(foundNodes(nodes, ' ')).toBeUndefined();
});
