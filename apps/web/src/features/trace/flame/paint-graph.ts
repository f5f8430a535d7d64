import type { FlameGraph } from '../model/flame-graph.ts';
import type { TraceModel } from '../model/trace-model.ts';
import { spanName } from '../span-name.ts';
import { type FrameColors, LANE_PX, outlineFrame, paintFrame, prepareFrames } from './paint-frame.ts';

/** What of a flame graph is in sight: one node over the whole width, with what is above and below it. */
export interface GraphSight {
  /** -1: everything. */
  readonly focus: number;
  readonly width: number;
  readonly height: number;
  readonly topPx: number;
}

/** A node as it is drawn. */
interface NodeBox {
  readonly x: number;
  readonly width: number;
}

/** Nothing thinner is drawn. */
const WIDTH_MIN_PX = 0.4;

/** Where a node is drawn; undefined where it is outside of what is in sight, or too thin. */
function nodeBox(graph: FlameGraph, node: number, { focus, width }: GraphSight): NodeBox | undefined {
  const from = focus < 0 ? 0 : (graph.from[focus] ?? 0);
  const span = focus < 0 ? graph.total : (graph.value[focus] ?? 0);
  const start = graph.from[node] ?? 0;
  const end = start + (graph.value[node] ?? 0);
  if (span <= 0 || end <= from || start >= from + span) {
    return undefined;
  }
  const x = (Math.max(start, from) - from) / span;
  const until = (Math.min(end, from + span) - from) / span;
  const box = { x: x * width, width: (until - x) * width };
  return box.width < WIDTH_MIN_PX ? undefined : box;
}

/** True for what is above the focus: it is as wide as all, whatever its own width. */
function isAbove(graph: FlameGraph, node: number, focus: number): boolean {
  return focus >= 0 && (graph.depth[node] ?? 0) < (graph.depth[focus] ?? 0);
}

function paintNode(
  context: CanvasRenderingContext2D,
  model: TraceModel,
  graph: FlameGraph,
  node: number,
  box: NodeBox & { readonly y: number },
  { focus, found }: { readonly focus: number; readonly found: ReadonlySet<number> | undefined },
  colors: FrameColors,
): void {
  const service = graph.service[node] ?? 0;
  const name = model.names[graph.name[node] ?? 0] ?? '';
  const count = graph.spans[node] ?? 0;
  const serviceName = model.services[service] ?? '';
  paintFrame(
    context,
    {
      ...box,
      place: model.palette[service] ?? 0,
      text: count > 1 ? `${spanName(name)} ×${count}` : spanName(name),
      service: spanName(serviceName),
      failed: (graph.errors[node] ?? 0) > 0,
      look:
        isAbove(graph, node, focus) || found?.has(node) === false ? 'pale' : found === undefined ? 'usual' : 'found',
    },
    colors,
  );
}

/** Draws the nodes that are in sight. */
export function paintGraph(
  context: CanvasRenderingContext2D,
  model: TraceModel,
  graph: FlameGraph,
  sight: GraphSight,
  marks: { readonly chosen: number | undefined; readonly found: ReadonlySet<number> | undefined },
  colors: FrameColors,
): void {
  prepareFrames(context);
  for (let node = 0; node < graph.count; node++) {
    const y = (graph.depth[node] ?? 0) * LANE_PX - sight.topPx + 1;
    const box = y < -LANE_PX || y > sight.height ? undefined : nodeBox(graph, node, sight);
    if (box === undefined) {
      continue;
    }
    paintNode(context, model, graph, node, { ...box, y }, { focus: sight.focus, found: marks.found }, colors);
    if (node === marks.chosen) {
      outlineFrame(context, { ...box, y }, colors);
    }
  }
}

/** The node that is drawn at a place; undefined where there is none. */
export function graphNodeAt(graph: FlameGraph, sight: GraphSight, x: number, y: number): number | undefined {
  const depth = Math.floor((y + sight.topPx) / LANE_PX);
  for (let node = 0; node < graph.count; node++) {
    const box = graph.depth[node] === depth ? nodeBox(graph, node, sight) : undefined;
    if (box !== undefined && x >= box.x && x <= box.x + box.width) {
      return node;
    }
  }
  return undefined;
}
