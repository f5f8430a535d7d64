import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { nanosWords } from '../../../charts/metrics/duration-words.ts';
import { scaledCanvas } from '../../../charts/render/scaled-canvas.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { useTheme } from '../../../lib/theme.ts';
import { useElementSize } from '../../../lib/use-element-size.ts';
import { useOnChange } from '../../../lib/use-on-change.ts';
import { Button } from '../../../ui/button.tsx';
import { type FlameGraph, flameGraph } from '../model/flame-graph.ts';
import type { TraceModel } from '../model/trace-model.ts';
import { shareWords } from '../share-words.ts';
import { spanName } from '../span-name.ts';
import type { TraceExplorer } from '../use-trace-explorer.ts';
import { FlameTip, TipFacts } from './flame-tip.tsx';
import { frameColors, LANE_PX } from './paint-frame.ts';
import { graphNodeAt, paintGraph } from './paint-graph.ts';

/** What a node says. */
function nodeFacts(graph: FlameGraph, node: number): readonly (readonly [string, string])[] {
  const errors = graph.errors[node] ?? 0;
  return [
    ['Spans', formatCount(graph.spans[node] ?? 0)],
    ['With all below', shareWords(graph.value[node] ?? 0, graph.total)],
    ['Own time', nanosWords(graph.self[node] ?? 0)],
    ['Durations together', nanosWords(graph.duration[node] ?? 0)],
    ...(errors > 0 ? [['Errors', formatCount(errors)] as const] : []),
  ];
}

function nodeName(model: TraceModel, graph: FlameGraph, node: number): { name: string; service: string } {
  return {
    name: spanName(model.names[graph.name[node] ?? 0]),
    service: spanName(model.services[graph.service[node] ?? 0]),
  };
}

/** The node that an arrow key leads to. */
function nodeByKey({ parent, from, count }: FlameGraph, node: number, key: string): number | undefined {
  const above = parent[node] ?? -1;
  const nodes = Array.from({ length: count }, (_, each) => each);
  const leftToRight = (a: number, b: number): number => (from[a] ?? 0) - (from[b] ?? 0) || a - b;
  switch (key) {
    case 'ArrowUp':
      return above < 0 ? undefined : above;
    case 'ArrowDown':
      return nodes.filter((each) => parent[each] === node).sort(leftToRight)[0];
    case 'ArrowRight':
    case 'ArrowLeft': {
      const siblings = nodes.filter((each) => parent[each] === above).sort(leftToRight);
      return siblings[siblings.indexOf(node) + (key === 'ArrowRight' ? 1 : -1)];
    }
    default:
      return undefined;
  }
}

function Legend({
  explorer: { model, open },
  graph,
  node,
  focus,
  onFocus,
}: {
  readonly explorer: TraceExplorer;
  readonly graph: FlameGraph;
  /** The one that is chosen, or else the focus. */
  readonly node: number;
  readonly focus: number;
  readonly onFocus: (node: number) => void;
}): ReactNode {
  const told = node < 0 ? undefined : nodeName(model, graph, node);
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-3 py-1 text-xs">
      {told === undefined ? (
        <p className="text-muted">
          Spans of the same path are one box, as wide as the time that they and all below them had for themselves.
        </p>
      ) : (
        <>
          <p className="min-w-0 break-words">
            <strong className="font-semibold">{told.name}</strong> <span className="text-muted">{told.service}</span>
          </p>
          <p className="text-muted tabular-nums">
            {nodeFacts(graph, node)
              .map(([name, value]) => `${name} ${value}`)
              .join(' · ')}
          </p>
          <span className="ml-auto flex gap-1">
            {focus >= 0 ? (
              <Button size="sm" onClick={() => onFocus(-1)}>
                Show all
              </Button>
            ) : null}
            <Button size="sm" onClick={() => open(graph.row[node] ?? 0)}>
              {(graph.spans[node] ?? 0) > 1 ? 'Open the first span' : 'Open the span'}
            </Button>
          </span>
        </>
      )}
    </div>
  );
}

/** The spans of a trace merged by path: where the time goes, whatever its order. */
export function FlameGraphView({ explorer }: { readonly explorer: TraceExplorer }): ReactNode {
  const { model, search, cursor } = explorer;
  const graph = useMemo(() => flameGraph(model), [model]);
  const [measure, { width, height }] = useElementSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [topPx, setTopPx] = useState(0);
  const [focus, setFocus] = useState(-1);
  const [chosen, setChosen] = useState<number>();
  const [hover, setHover] = useState<{ readonly node: number; readonly x: number; readonly y: number }>();
  const theme = useTheme();
  const found = useMemo(
    () =>
      search.text.trim() === '' ? undefined : new Set(Array.from(search.matches, (row) => graph.nodeOf[row] ?? -1)),
    [search.text, search.matches, graph],
  );
  const marked = hover?.node ?? chosen;
  useEffect(() => {
    const context = canvas.current === null ? undefined : scaledCanvas(canvas.current, width, height);
    if (context !== undefined && theme !== undefined) {
      paintGraph(context, model, graph, { focus, width, height, topPx }, { chosen: marked, found }, frameColors());
    }
  }, [model, graph, focus, width, height, topPx, marked, found, theme]);
  const scroller = useRef<HTMLDivElement>(null);
  // The same function each time: another one would be told of the element anew with every drawing.
  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element;
      return measure(element);
    },
    [measure],
  );
  // Who steps through matches, or comes from another view, sees where the span went.
  const atNode = cursor.row === undefined ? undefined : graph.nodeOf[cursor.row];
  useOnChange(atNode, () => setChosen(atNode));
  useEffect(() => {
    const element = scroller.current;
    if (chosen !== undefined && element !== null) {
      const atPx = (graph.depth[chosen] ?? 0) * LANE_PX;
      const isInSight = atPx >= element.scrollTop && atPx + LANE_PX <= element.scrollTop + element.clientHeight;
      element.scrollTop = isInSight ? element.scrollTop : atPx - element.clientHeight / 3;
    }
  }, [chosen, graph]);
  const under = (event: PointerEvent<HTMLElement>): { node: number; x: number; y: number } | undefined => {
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const node = graphNodeAt(graph, { focus, width, height, topPx }, x, y);
    return node === undefined ? undefined : { node, x, y };
  };
  const look = (node: number): void => {
    setFocus(node);
    setChosen(node < 0 ? undefined : node);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      look(chosen === focus ? -1 : (chosen ?? -1));
    } else if (event.key.startsWith('Arrow')) {
      setChosen(chosen === undefined ? 0 : (nodeByKey(graph, chosen, event.key) ?? chosen));
    } else {
      return;
    }
    event.preventDefault();
  };
  const told = chosen === undefined ? undefined : nodeName(model, graph, chosen);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col bg-surface">
      <Legend explorer={explorer} graph={graph} node={chosen ?? focus} focus={focus} onFocus={look} />
      <div
        ref={attach}
        className="scrollbar-slim relative min-h-0 flex-1 overflow-y-auto overflow-x-clip"
        onScroll={({ currentTarget }) => setTopPx(currentTarget.scrollTop)}
      >
        <div style={{ height: Math.max((graph.maxDepth + 1) * LANE_PX + 8, height) }}>
          <div
            role="slider"
            tabIndex={0}
            aria-label="Spans by path"
            aria-valuemin={0}
            aria-valuemax={graph.count - 1}
            aria-valuenow={chosen ?? 0}
            aria-valuetext={
              chosen === undefined
                ? `${graph.count} paths`
                : `${told?.name}, ${told?.service}, ${nodeFacts(graph, chosen).flat().join(' ')}`
            }
            className="sticky top-0 cursor-pointer touch-pan-y select-none"
            style={{ height }}
            onKeyDown={onKeyDown}
            onPointerMove={(event) => setHover(under(event))}
            onPointerLeave={() => setHover(undefined)}
            onPointerUp={(event) => {
              const at = under(event);
              look(at === undefined || at.node === focus ? -1 : at.node);
            }}
          >
            <canvas ref={canvas} aria-hidden className="absolute inset-0 h-full w-full" />
            {hover === undefined ? null : (
              <FlameTip x={hover.x} y={hover.y} width={width}>
                <p className="break-words font-medium">{nodeName(model, graph, hover.node).name}</p>
                <p className="text-muted">{nodeName(model, graph, hover.node).service}</p>
                <TipFacts facts={nodeFacts(graph, hover.node)} />
              </FlameTip>
            )}
          </div>
        </div>
      </div>
    </div>
  );
}
