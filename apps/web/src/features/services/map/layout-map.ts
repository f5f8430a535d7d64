import { Graph, layout } from '@dagrejs/dagre';
import { linkedParts, type MapPart, packParts } from './layout-parts.ts';

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

/** Width by height of the windows in which maps are looked at, by their direction. */
const SHAPES = { LR: 1.6, TB: 0.6 } as const;

/** Lays boxes out in layers, callers before what they call, from left to right or from top to bottom; what is not linked with one another side by side. Links whose ends are not among the boxes have no way. */
export function layoutMap(
  boxes: readonly MapBox[],
  links: readonly MapLink[],
  direction: 'LR' | 'TB' = 'LR',
): MapLayout {
  const parts = linkedParts(boxes, links).map((part) => ({ part, layout: layoutPart(part, direction) }));
  return packParts(parts, links.length, SHAPES[direction]);
}

function layoutPart({ boxes, links }: MapPart, direction: 'LR' | 'TB'): MapLayout {
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
  const keyOf = (id: string): string => keys.get(id) ?? '';
  for (const { id, width, height } of boxes) {
    graph.setNode(keyOf(id), { width, height });
  }
  for (const [index, [{ from, to }]] of links.entries()) {
    if (from !== to) {
      graph.setEdge(keyOf(from), keyOf(to), {}, `link ${index}`);
    }
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const places = new Map(
    boxes.map(({ id }) => {
      const { x, y } = graph.node(keyOf(id)) as MapPoint;
      return [id, { x, y }] as const;
    }),
  );
  const ways = links.map(([{ from, to }], index) => {
    const edge = from === to ? undefined : graph.edge(keyOf(from), keyOf(to), `link ${index}`);
    return ((edge as { points?: readonly MapPoint[] } | undefined)?.points ?? []).map(({ x, y }) => ({ x, y }));
  });
  return { width, height, places, ways };
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
