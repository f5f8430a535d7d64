import { Graph, layout } from '@dagrejs/dagre';

/** A box of the map; sizes in pixels. */
export interface MapBox {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** Who calls whom, by the ids of boxes. */
export interface MapLink {
  readonly from: string;
  readonly to: string;
}

/** A place on the map, in pixels from its upper left corner. */
export interface MapPoint {
  readonly x: number;
  readonly y: number;
}

/** Where everything lies. */
export interface MapLayout {
  readonly width: number;
  readonly height: number;
  /** Middles of the boxes. */
  readonly places: ReadonlyMap<string, MapPoint>;
  /** A way for each link, in their order, from the edge of one box to that of the other. */
  readonly ways: readonly (readonly MapPoint[])[];
}

const GAP_PX = 28;
const RANK_GAP_PX = 96;
const MARGIN_PX = 24;

/** Lays boxes out in layers, callers before what they call, from left to right or from top to bottom. Links whose ends are not among the boxes have no way. */
export function layoutMap(
  boxes: readonly MapBox[],
  links: readonly MapLink[],
  direction: 'LR' | 'TB' = 'LR',
): MapLayout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: direction,
    nodesep: GAP_PX,
    ranksep: RANK_GAP_PX,
    marginx: MARGIN_PX,
    marginy: MARGIN_PX,
    acyclicer: 'greedy',
  });
  // The library keeps nodes as members of objects, so that not every name can be one.
  const keys = new Map(boxes.map(({ id }, index) => [id, `box ${index}`]));
  for (const { id, width, height } of boxes) {
    graph.setNode(keys.get(id) ?? '', { width, height });
  }
  const edges = links.map(({ from, to }, index) => ({
    v: from === to ? undefined : keys.get(from),
    w: keys.get(to),
    name: `link ${index}`,
  }));
  for (const { v, w, name } of edges) {
    if (v !== undefined && w !== undefined) {
      graph.setEdge(v, w, {}, name);
    }
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const places = new Map(
    boxes.map(({ id }) => {
      const { x, y } = graph.node(keys.get(id) ?? '') as MapPoint;
      return [id, { x, y }] as const;
    }),
  );
  const ways = edges.map(({ v, w, name }) => {
    const edge = v === undefined || w === undefined ? undefined : graph.edge(v, w, name);
    return ((edge as { points?: readonly MapPoint[] } | undefined)?.points ?? []).map(({ x, y }) => ({ x, y }));
  });
  return { width: finite(width), height: finite(height), places, ways };
}

/** Of no boxes the library says minus infinity. */
function finite(size: number): number {
  return Number.isFinite(size) ? size : 0;
}

/** A smooth line through the points of a way, as SVG has it. */
export function wayPath(points: readonly MapPoint[]): string {
  const [first, ...others] = points;
  if (first === undefined) {
    return '';
  }
  let path = `M${first.x},${first.y}`;
  for (const [index, point] of others.entries()) {
    const next = others[index + 1];
    // Curves end halfway to the next point, so that they meet without a corner; the last one ends at its point.
    const end = next === undefined ? point : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    path += next === undefined ? `L${end.x},${end.y}` : `Q${point.x},${point.y} ${end.x},${end.y}`;
  }
  return path;
}
