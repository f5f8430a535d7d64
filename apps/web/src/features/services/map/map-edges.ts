import type { ServiceMapAnswer } from '@aegisguard/model';
import type { MapEnds } from '../services-view.ts';

/** A node of the map. */
export type MapNode = ServiceMapAnswer['nodes'][number];
/** Calls between two nodes of one kind: by one protocol, through one queue. */
export type MapEdge = ServiceMapAnswer['edges'][number];

/** All calls from one node to another: one line of the drawing. */
export interface MapWay extends MapEnds {
  readonly id: string;
  readonly calls: number;
  readonly errors: number;
  readonly errorRatio: number;
  /** Nothing but messages. */
  readonly isMessaging: boolean;
  /** Those with most calls first. */
  readonly edges: readonly MapEdge[];
}

const WIDTH_MIN_PX = 1.25;
const WIDTH_MAX_PX = 6;

/** What tells a way from others. */
export function wayId({ client, server }: MapEnds): string {
  return JSON.stringify([client, server]);
}

/** What is told apart by protocol and queue, brought together. */
export function mapWays(edges: readonly MapEdge[]): readonly MapWay[] {
  return [...Map.groupBy(edges, wayId)].flatMap(([id, own]) => {
    const [first] = own;
    if (first === undefined) {
      return [];
    }
    const calls = own.reduce((sum, edge) => sum + edge.calls, 0);
    const errors = own.reduce((sum, edge) => sum + edge.errors, 0);
    return {
      id,
      client: first.client,
      server: first.server,
      calls,
      errors,
      errorRatio: calls === 0 ? 0 : errors / calls,
      isMessaging: own.every(({ connectionType }) => connectionType === 'messaging_system'),
      edges: own.toSorted((left, right) => right.calls - left.calls),
    };
  });
}

/** How thick a way is: by the logarithm of its calls beside those of the busiest. */
export function wayWidth(calls: number, most: number): number {
  const share = most <= 1 ? 1 : Math.log1p(calls) / Math.log1p(most);
  return WIDTH_MIN_PX + (WIDTH_MAX_PX - WIDTH_MIN_PX) * share;
}

/** What stays lit while a node is looked at: the node, what it calls and what calls it. */
export function litNodes(ways: readonly MapEnds[], node: string | undefined): ReadonlySet<string> | undefined {
  if (node === undefined) {
    return undefined;
  }
  const lit = new Set([node]);
  for (const { client, server } of ways) {
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
