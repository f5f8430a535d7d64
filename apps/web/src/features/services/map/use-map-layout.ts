import { useMemo } from 'react';
import type { MapEnds } from '../services-view.ts';
import { layoutMap, type MapPoint } from './layout-map.ts';
import { wayId } from './map-edges.ts';

/** The size of a node, in pixels of the drawing. */
export const NODE_BOX = { width: 196, height: 56 } as const;

/** Where everything of a drawing lies, by the ids of nodes and ways. */
export interface DrawnMap {
  readonly width: number;
  readonly height: number;
  readonly places: ReadonlyMap<string, MapPoint>;
  readonly ways: ReadonlyMap<string, readonly MapPoint[]>;
  /** The same for the same nodes and ways. */
  readonly shape: string;
}

/** Lays a map out; while it has the same nodes and ways, whatever is told of them, everything stays in its place. */
export function useMapLayout(
  nodes: readonly { readonly id: string }[],
  ways: readonly MapEnds[],
  direction: 'LR' | 'TB',
): DrawnMap {
  // In an order of their own: an answer lists the busiest first.
  const shape = JSON.stringify([
    direction,
    nodes.map(({ id }) => id).toSorted(),
    ways.map(({ client, server }) => [client, server]).toSorted(),
  ]);
  return useMemo(() => {
    const [way, ids, ends]: [typeof direction, string[], [string, string][]] = JSON.parse(shape);
    const layout = layoutMap(
      ids.map((id) => ({ id, ...NODE_BOX })),
      ends.map(([from, to]) => ({ from, to })),
      way,
    );
    return {
      ...layout,
      ways: new Map(ends.map(([client, server], index) => [wayId({ client, server }), layout.ways[index] ?? []])),
      shape,
    };
  }, [shape]);
}
