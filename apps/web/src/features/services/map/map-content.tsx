import type { ServiceMapAnswer } from '@aegisguard/model';
import { SearchX } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo } from 'react';
import { loadAhead } from '../../../lib/load-ahead.ts';
import type { ChangeView } from '../../../lib/use-address-view.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import type { MapEnds, MapView } from '../services-view.ts';
import { type MapEdge, type MapNode, mapWays, wayId } from './map-edges.ts';

// What lays the drawing out is large, and comes beside the answer; the others when they are asked for.
const loadDrawing = async () => ({ default: (await import('./service-map.tsx')).ServiceMap });
const ServiceMap = lazy(loadDrawing);
const EdgeTable = lazy(async () => ({ default: (await import('./edge-table.tsx')).EdgeTable }));
const NodePanel = lazy(async () => ({ default: (await import('./node-panel.tsx')).NodePanel }));
const EdgePanel = lazy(async () => ({ default: (await import('./edge-panel.tsx')).EdgePanel }));

/** Loads what draws the map while the answer is on its way. */
export function useDrawing(): void {
  useEffect(() => loadAhead(loadDrawing), []);
}

/** What is shown of the map, as a drawing or a table, and what is known of what is looked at. */
export function MapContent({
  orgId,
  view,
  answer,
  shown,
  found,
  timed,
  change,
}: {
  readonly orgId: string;
  readonly view: MapView;
  readonly answer: ServiceMapAnswer;
  readonly shown: { readonly nodes: readonly MapNode[]; readonly edges: readonly MapEdge[] };
  readonly found: ReadonlySet<string> | undefined;
  /** Parameters of the time range. */
  readonly timed: string;
  readonly change: ChangeView<MapView>;
}): ReactNode {
  const { nodes, edges } = shown;
  const ways = useMemo(() => mapWays(edges), [edges]);
  const choose = useCallback((id: string | undefined) => change({ node: id, edge: undefined }, true), [change]);
  const chooseWay = (edge: MapEnds | undefined): void => change({ edge, node: undefined }, true);
  const nodeOf = (id: string | undefined) => answer.nodes.find((each) => each.id === id);
  const node = nodeOf(view.node);
  const wanted = view.edge === undefined ? undefined : wayId(view.edge);
  const way = ways.find(({ id }) => id === wanted);
  const [client, server] = [nodeOf(way?.client), nodeOf(way?.server)];
  if (nodes.length === 0) {
    return (
      <EmptyState
        icon={SearchX}
        title="Nothing on the map is so"
        action={<Button onClick={() => change({ hidden: [], health: 'all' })}>Show everything</Button>}
      />
    );
  }
  return (
    <>
      <Suspense fallback={<div className="flex-1" />}>
        {view.shown === 'table' ? (
          <EdgeTable orgId={orgId} view={view} nodes={answer.nodes} edges={edges} found={found} onChoose={choose} />
        ) : (
          <ServiceMap
            nodes={nodes}
            ways={ways}
            chosen={node?.id}
            chosenWay={way}
            found={found}
            onChoose={choose}
            onChooseWay={chooseWay}
          />
        )}
      </Suspense>
      <Suspense fallback={null}>
        {node === undefined ? null : (
          <NodePanel
            orgId={orgId}
            view={view}
            node={node}
            nodes={answer.nodes}
            edges={answer.edges}
            timed={timed === '' ? '' : `&${timed}`}
            onChoose={choose}
            onFocus={(name) => change({ service: name })}
          />
        )}
        {node !== undefined || way === undefined || client === undefined || server === undefined ? null : (
          <EdgePanel
            orgId={orgId}
            view={view}
            way={way}
            client={client}
            server={server}
            onChoose={choose}
            onClose={() => chooseWay(undefined)}
          />
        )}
      </Suspense>
    </>
  );
}
