import { Maximize, Minus, Plus } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useMediaQuery, WIDE } from '../../../lib/use-media-query.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { NODE_ICONS, NODE_WORDS } from '../node-types.ts';
import { durationWords, type Health, healthOf, rateWords, ratioWords } from '../service-words.ts';
import { layoutMap, type MapPoint, wayPath } from './layout-map.ts';
import { edgeWidth, litNodes, type MapEdge, type MapNode } from './map-edges.ts';
import { useMapWindow } from './use-map-window.ts';

const BOX = { width: 196, height: 56 } as const;
const ARROW_PX = 7;
const STROKE: Readonly<Record<Health, string>> = {
  ok: 'stroke-line-strong',
  warn: 'stroke-warn',
  danger: 'stroke-danger',
};
const FILL: Readonly<Record<Health, string>> = { ok: 'fill-line-strong', warn: 'fill-warn', danger: 'fill-danger' };
const MARK: Readonly<Record<Health, string>> = { ok: 'bg-ok', warn: 'bg-warn', danger: 'bg-danger' };
const FADED = 'opacity-25';

/** The tip of an arrow at the end of a way. */
function arrowPoints(points: readonly MapPoint[]): string {
  const [before, end] = points.slice(-2);
  if (before === undefined || end === undefined) {
    return '';
  }
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const corner = (turn: number) =>
    `${end.x - ARROW_PX * Math.cos(angle + turn)},${end.y - ARROW_PX * Math.sin(angle + turn)}`;
  return `${end.x},${end.y} ${corner(0.45)} ${corner(-0.45)}`;
}

function Edge({
  edge,
  points,
  most,
  isFaded,
}: {
  readonly edge: MapEdge;
  readonly points: readonly MapPoint[];
  readonly most: number;
  readonly isFaded: boolean;
}): ReactNode {
  const health = healthOf(edge.errorRatio);
  return (
    <g className={isFaded ? FADED : ''}>
      <path
        d={wayPath(points)}
        className={`fill-none ${STROKE[health]}`}
        strokeWidth={edgeWidth(edge.calls, most)}
        strokeDasharray={edge.connectionType === 'messaging_system' ? '6 5' : undefined}
      />
      <polygon points={arrowPoints(points)} className={FILL[health]} />
    </g>
  );
}

function Node({
  node,
  place,
  isChosen,
  isFaded,
  onChoose,
}: {
  readonly node: MapNode;
  readonly place: MapPoint;
  readonly isChosen: boolean;
  readonly isFaded: boolean;
  readonly onChoose: () => void;
}): ReactNode {
  const { type, red } = node;
  const Icon = NODE_ICONS[type];
  const name = type === 'user' ? NODE_WORDS.user : node.name;
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      className={`absolute flex flex-col justify-center overflow-clip rounded-lg border border-line-input bg-surface px-3 text-left shadow-sm hover:border-accent aria-pressed:border-accent aria-pressed:bg-selected ${isFaded ? FADED : ''}`}
      style={{ left: place.x - BOX.width / 2, top: place.y - BOX.height / 2, ...BOX }}
      onClick={onChoose}
    >
      {red === null ? null : (
        <span aria-hidden className={`absolute inset-y-0 left-0 w-1 ${MARK[healthOf(red.errorRatio)]}`} />
      )}
      <span className="flex items-center gap-1.5">
        <Icon role="img" aria-label={NODE_WORDS[type]} className="size-3.5 shrink-0 text-subtle" />
        <span className="truncate font-medium text-sm">{name === '' ? '(no name)' : name}</span>
      </span>
      {red === null ? null : (
        <span className="flex gap-2 whitespace-nowrap text-muted text-xs tabular-nums">
          <span>{rateWords(red.callsPerSecond)}</span>
          <span className={red.errors === 0 ? '' : 'text-danger'}>{ratioWords(red.errorRatio)}</span>
          <span>{durationWords(red.p95Ms)}</span>
        </span>
      )}
    </button>
  );
}

/** Who calls whom, as a drawing that can be moved and zoomed: thick where there are many calls, coloured where they fail. What a node's edges are is said beside it when it is chosen. */
export function ServiceMap({
  nodes,
  edges,
  chosen,
  found,
  onChoose,
}: {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
  readonly chosen: string | undefined;
  /** Only these are lit. */
  readonly found: ReadonlySet<string> | undefined;
  readonly onChoose: (id: string | undefined) => void;
}): ReactNode {
  const isWide = useMediaQuery(WIDE);
  const layout = useMemo(
    () =>
      layoutMap(
        nodes.map(({ id }) => ({ id, ...BOX })),
        edges.map(({ client, server }) => ({ from: client, to: server })),
        isWide ? 'LR' : 'TB',
      ),
    [nodes, edges, isWide],
  );
  const view = useMapWindow(layout, nodes.map(({ id }) => id).join('\n'));
  const lit = useMemo(() => litNodes(edges, chosen) ?? found, [edges, chosen, found]);
  const most = Math.max(1, ...edges.map(({ calls }) => calls));
  const isFaded = (id: string) => lit !== undefined && !lit.has(id);
  const isEdgeFaded = ({ client, server }: MapEdge) =>
    chosen === undefined ? isFaded(client) && isFaded(server) : client !== chosen && server !== chosen;
  const { x, y, scale } = view.transform;
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={view.ref}
        className="absolute inset-0 cursor-grab touch-none overflow-clip bg-canvas active:cursor-grabbing"
        onPointerDown={view.onPointerDown}
        onPointerMove={view.onPointerMove}
        onPointerUp={view.onPointerUp}
        onPointerCancel={view.onPointerUp}
      >
        {view.isReady ? (
          <div
            className="absolute top-0 left-0 origin-top-left"
            style={{
              width: layout.width,
              height: layout.height,
              transform: `translate(${x}px, ${y}px) scale(${scale})`,
            }}
          >
            <svg aria-hidden width={layout.width} height={layout.height} className="absolute inset-0">
              {edges.map((edge, index) => (
                <Edge
                  key={`${edge.client} ${edge.server} ${edge.system} ${edge.destination}`}
                  edge={edge}
                  points={layout.ways[index] ?? []}
                  most={most}
                  isFaded={isEdgeFaded(edge)}
                />
              ))}
            </svg>
            {nodes.map((node) => (
              <Node
                key={node.id}
                node={node}
                place={layout.places.get(node.id) ?? { x: 0, y: 0 }}
                isChosen={node.id === chosen}
                isFaded={isFaded(node.id)}
                onChoose={() => onChoose(node.id === chosen ? undefined : node.id)}
              />
            ))}
          </div>
        ) : null}
      </div>
      <div className="absolute right-2 bottom-2 flex flex-col gap-1 rounded-md border border-line bg-surface p-1">
        <IconButton label="Zoom in" onClick={view.zoomIn}>
          <Plus aria-hidden />
        </IconButton>
        <IconButton label="Zoom out" onClick={view.zoomOut}>
          <Minus aria-hidden />
        </IconButton>
        <IconButton label="Show all" onClick={view.fit}>
          <Maximize aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}
