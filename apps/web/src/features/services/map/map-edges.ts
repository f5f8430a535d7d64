import type { ServiceMapAnswer } from '@aegisguard/model';

/** A node of the map. */
export type MapNode = ServiceMapAnswer['nodes'][number];
/** An edge of it. */
export type MapEdge = ServiceMapAnswer['edges'][number];

const WIDTH_MIN_PX = 1.25;
const WIDTH_MAX_PX = 6;

/** How thick an edge is: by the logarithm of its calls beside those of the busiest. */
export function edgeWidth(calls: number, most: number): number {
  const share = most <= 1 ? 1 : Math.log1p(calls) / Math.log1p(most);
  return WIDTH_MIN_PX + (WIDTH_MAX_PX - WIDTH_MIN_PX) * share;
}

/** What stays lit while a node is looked at: the node, what it calls and what calls it. */
export function litNodes(edges: readonly MapEdge[], node: string | undefined): ReadonlySet<string> | undefined {
  if (node === undefined) {
    return undefined;
  }
  const lit = new Set([node]);
  for (const { client, server } of edges) {
    if (client === node) {
      lit.add(server);
    }
    if (server === node) {
      lit.add(client);
    }
  }
  return lit;
}

/** Nodes whose name has the text, whatever its case; undefined without one. */
export function foundNodes(nodes: readonly MapNode[], text: string): ReadonlySet<string> | undefined {
  const wanted = text.trim().toLowerCase();
  return wanted === ''
    ? undefined
    : new Set(nodes.filter(({ name }) => name.toLowerCase().includes(wanted)).map(({ id }) => id));
}
