import { healthOf } from '../service-words.ts';
import type { MapHealth, MapView } from '../services-view.ts';
import type { MapEdge, MapNode } from './map-edges.ts';

function isBad(errorRatio: number, health: MapHealth): boolean {
  const found = healthOf(errorRatio);
  return health === 'all' || found === 'danger' || found === health;
}

/** What of the map is shown: without the types that are hidden; by health, the nodes and edges that fail so much, and the ends of these edges. */
export function filterMap(
  { nodes, edges }: { readonly nodes: readonly MapNode[]; readonly edges: readonly MapEdge[] },
  { hidden, health }: Pick<MapView, 'hidden' | 'health'>,
): { readonly nodes: readonly MapNode[]; readonly edges: readonly MapEdge[] } {
  const ofTypes = nodes.filter(({ type }) => !hidden.includes(type));
  const ids = new Set(ofTypes.map(({ id }) => id));
  const between = edges.filter(
    ({ client, server, errorRatio }) => ids.has(client) && ids.has(server) && isBad(errorRatio, health),
  );
  if (health === 'all') {
    return { nodes: ofTypes, edges: between };
  }
  const ends = new Set(between.flatMap(({ client, server }) => [client, server]));
  return {
    nodes: ofTypes.filter(({ id, red }) => ends.has(id) || (red !== null && isBad(red.errorRatio, health))),
    edges: between,
  };
}
