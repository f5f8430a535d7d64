import { expect, it } from 'vitest';
import { edgeWidth, foundNodes, litNodes, type MapEdge, type MapNode } from './map-edges.ts';

const edge = (client: string, server: string) => ({ client, server }) as MapEdge;
const node = (id: string, name: string) => ({ id, name }) as MapNode;

it('edges are thicker the more calls they have, between two bounds', () => {
  expect(edgeWidth(1_000_000, 1_000_000)).toBe(6);
  expect(edgeWidth(0, 1_000_000)).toBe(1.25);
  expect(edgeWidth(1, 1)).toBe(6);
  expect(edgeWidth(1000, 1_000_000)).toBeGreaterThan(edgeWidth(100, 1_000_000));
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
