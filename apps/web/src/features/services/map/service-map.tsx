import { Maximize, Minus, Plus } from 'lucide-react';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useHotkeys } from '../../../lib/use-hotkeys.ts';
import { useMediaQuery, WIDE } from '../../../lib/use-media-query.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import type { MapEnds } from '../services-view.ts';
import { litNodes, type MapNode, type MapWay, wayId } from './map-edges.ts';
import { MapNodeBox } from './map-node.tsx';
import { MapWayLine, wayAt } from './map-way-line.tsx';
import { NODE_BOX, useMapLayout } from './use-map-layout.ts';
import { useMapWindow } from './use-map-window.ts';

/** How far an arrow key moves the drawing. */
const STEP_PX = 80;
const ARROWS = [
  ['ArrowLeft', STEP_PX, 0],
  ['ArrowRight', -STEP_PX, 0],
  ['ArrowUp', 0, STEP_PX],
  ['ArrowDown', 0, -STEP_PX],
] as const;

/** Who calls whom, as a drawing that can be moved and zoomed, by pointer and by keys. What a node's or an edge's figures are is said beside it when it is chosen. */
export function ServiceMap({
  nodes,
  ways,
  chosen,
  chosenWay,
  found,
  onChoose,
  onChooseWay,
}: {
  readonly nodes: readonly MapNode[];
  readonly ways: readonly MapWay[];
  /** The id of a node. */
  readonly chosen: string | undefined;
  readonly chosenWay: MapEnds | undefined;
  /** Only these are lit. */
  readonly found: ReadonlySet<string> | undefined;
  readonly onChoose: (id: string | undefined) => void;
  readonly onChooseWay: (ends: MapEnds | undefined) => void;
}): ReactNode {
  const isWide = useMediaQuery(WIDE);
  const layout = useMapLayout(nodes, ways, isWide ? 'LR' : 'TB');
  const window = useMapWindow(layout, layout.shape);
  const lit = useMemo(
    () => (chosenWay === undefined ? (litNodes(ways, chosen) ?? found) : new Set([chosenWay.client, chosenWay.server])),
    [ways, chosen, chosenWay, found],
  );
  const most = Math.max(1, ...ways.map(({ calls }) => calls));
  const wayChosen = chosenWay === undefined ? undefined : wayId(chosenWay);
  const isFaded = (id: string) => lit !== undefined && !lit.has(id);
  const isWayFaded = ({ id, client, server }: MapWay) =>
    wayChosen !== undefined
      ? id !== wayChosen
      : chosen === undefined
        ? isFaded(client) && isFaded(server)
        : client !== chosen && server !== chosen;
  useHotkeys({
    '+': window.zoomIn,
    '-': window.zoomOut,
    '0': window.fit,
    ...Object.fromEntries(ARROWS.map(([key, dx, dy]) => [key, () => window.move(dx, dy)])),
  });
  const { reveal, isReady } = window;
  const { x, y, scale } = window.transform;
  useEffect(() => {
    const place = chosen === undefined ? undefined : layout.places.get(chosen);
    if (isReady && place !== undefined) {
      reveal({ ...place, ...NODE_BOX });
    }
  }, [chosen, layout, isReady, reveal]);
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={window.ref}
        className="absolute inset-0 cursor-grab touch-none overflow-clip bg-canvas active:cursor-grabbing"
        onPointerDown={window.onPointerDown}
        onPointerMove={window.onPointerMove}
        onPointerUp={({ target }) => {
          const way = window.onPointerUp() ? ways.find(({ id }) => id === wayAt(target)) : undefined;
          if (way !== undefined) {
            onChooseWay(way.id === wayChosen ? undefined : way);
          }
        }}
        onPointerCancel={window.onPointerUp}
      >
        {isReady ? (
          <div
            className="absolute top-0 left-0 origin-top-left"
            style={{
              width: layout.width,
              height: layout.height,
              transform: `translate(${x}px, ${y}px) scale(${scale})`,
            }}
          >
            <svg
              aria-hidden
              width={layout.width}
              height={layout.height}
              className="pointer-events-none absolute inset-0 overflow-visible"
            >
              {ways.map((way) => (
                <MapWayLine
                  key={way.id}
                  way={way}
                  points={layout.ways.get(way.id) ?? []}
                  most={most}
                  isChosen={way.id === wayChosen}
                  isFaded={isWayFaded(way)}
                />
              ))}
            </svg>
            {nodes.map((node) => {
              const place = layout.places.get(node.id) ?? { x: 0, y: 0 };
              return (
                <MapNodeBox
                  key={node.id}
                  node={node}
                  place={place}
                  scale={scale}
                  isChosen={node.id === chosen}
                  isFaded={isFaded(node.id)}
                  onChoose={() => onChoose(node.id === chosen ? undefined : node.id)}
                  onFocus={() => reveal({ ...place, ...NODE_BOX })}
                />
              );
            })}
          </div>
        ) : null}
      </div>
      <div className="absolute right-2 bottom-2 flex flex-col gap-1 rounded-md border border-line bg-surface p-1">
        <IconButton label="Zoom in" onClick={window.zoomIn}>
          <Plus aria-hidden />
        </IconButton>
        <IconButton label="Zoom out" onClick={window.zoomOut}>
          <Minus aria-hidden />
        </IconButton>
        <IconButton label="Show all" onClick={window.fit}>
          <Maximize aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}
