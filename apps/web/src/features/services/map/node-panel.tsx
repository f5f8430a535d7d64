import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { servicePath } from '../../../app/paths.ts';
import { millisWords } from '../../../charts/metrics/duration-words.ts';
import { Button } from '../../../ui/button.tsx';
import { NODE_WORDS, nodeName } from '../node-types.ts';
import { tracesOfService } from '../service-links.ts';
import { basisWords, rateWords, ratioWords } from '../service-words.ts';
import type { MapView } from '../services-view.ts';
import { EdgeFigures, EdgeTracesLink } from './edge-figures.tsx';
import type { MapEdge, MapNode } from './map-edges.ts';
import { MapPanel, PanelFigures } from './map-panel.tsx';

function EdgeList({
  title,
  orgId,
  view,
  edges,
  nodes,
  farEnd,
  onChoose,
}: {
  readonly title: string;
  readonly orgId: string;
  readonly view: MapView;
  readonly edges: readonly MapEdge[];
  readonly nodes: ReadonlyMap<string, MapNode>;
  /** The end of the edges that is not the node. */
  readonly farEnd: 'client' | 'server';
  readonly onChoose: (id: string) => void;
}): ReactNode {
  return edges.length === 0 ? null : (
    <section aria-label={title}>
      <h3 className="mb-1 font-medium text-muted text-xs">{title}</h3>
      <ul className="flex flex-col">
        {edges.map((edge) => {
          const other = nodes.get(edge[farEnd]);
          return (
            <li
              key={JSON.stringify([edge[farEnd], edge.connectionType, edge.system, edge.destination])}
              className="border-line border-b py-1 last:border-b-0"
            >
              <div className="flex items-baseline justify-between gap-2">
                <button
                  type="button"
                  className="min-w-0 truncate text-left text-accent hover:underline"
                  onClick={() => onChoose(edge[farEnd])}
                >
                  {other === undefined ? edge[farEnd] : nodeName(other)}
                </button>
                <EdgeTracesLink
                  orgId={orgId}
                  view={view}
                  client={nodes.get(edge.client)}
                  server={nodes.get(edge.server)}
                  edge={edge}
                />
              </div>
              <EdgeFigures edge={edge} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What is known of a node of the map, beside it. */
export function NodePanel({
  orgId,
  view,
  node,
  nodes,
  edges,
  timed,
  onChoose,
  onFocus,
}: {
  readonly orgId: string;
  readonly view: MapView;
  readonly node: MapNode;
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
  /** Parameters of the time range, with what joins them. */
  readonly timed: string;
  readonly onChoose: (id: string | undefined) => void;
  readonly onFocus: (service: string) => void;
}): ReactNode {
  const { type, red, basis } = node;
  const shared = { orgId, view, nodes: new Map(nodes.map((each) => [each.id, each])), onChoose };
  return (
    <MapPanel kind={NODE_WORDS[type]} title={nodeName(node)} onClose={() => onChoose(undefined)}>
      {red === null ? null : (
        <>
          <PanelFigures
            figures={[
              ['Calls', rateWords(red.callsPerSecond)],
              ['Errors', ratioWords(red.errorRatio)],
              ['p50', millisWords(red.p50Ms)],
              ['p95', millisWords(red.p95Ms)],
              ['p99', millisWords(red.p99Ms)],
            ]}
          />
          {basis === null ? null : <p className="text-subtle text-xs">{basisWords(basis)}</p>}
        </>
      )}
      {type === 'service' ? (
        <div className="flex flex-wrap gap-2">
          <Button asChild variant="primary">
            <Link to={`${servicePath(orgId, node.name)}${timed}`}>Open the service</Link>
          </Button>
          <Button asChild>
            <Link to={tracesOfService(orgId, view, { service: node.name })}>Traces</Link>
          </Button>
          <Button onClick={() => onFocus(node.name)}>Only its surroundings</Button>
        </div>
      ) : null}
      <EdgeList
        {...shared}
        title="Called by"
        farEnd="client"
        edges={edges.filter(({ server }) => server === node.id)}
      />
      <EdgeList {...shared} title="Calls" farEnd="server" edges={edges.filter(({ client }) => client === node.id)} />
    </MapPanel>
  );
}
