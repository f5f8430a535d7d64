import type { ReactNode } from 'react';
import { millisWords } from '../../../charts/metrics/duration-words.ts';
import { Button } from '../../../ui/button.tsx';
import { nodeName } from '../node-types.ts';
import { rateWords, ratioWords } from '../service-words.ts';
import type { MapView } from '../services-view.ts';
import { EdgeTracesLink, viaWords } from './edge-figures.tsx';
import type { MapEdge, MapNode, MapWay } from './map-edges.ts';
import { MapPanel, PanelFigures } from './map-panel.tsx';

/** How long the calls of an edge take as one side measures it. */
function Side({ title, side }: { readonly title: string; readonly side: MapEdge['clientSide'] }): ReactNode {
  return side === null ? null : (
    <section aria-label={title}>
      <h4 className="mb-1 text-subtle text-xs">{title}</h4>
      <PanelFigures
        figures={[
          ['p50', millisWords(side.p50Ms)],
          ['p95', millisWords(side.p95Ms)],
          ['p99', millisWords(side.p99Ms)],
        ]}
      />
    </section>
  );
}

/** What is known of the calls from one node to another, by protocol and queue. */
export function EdgePanel({
  orgId,
  view,
  way,
  client,
  server,
  onChoose,
  onClose,
}: {
  readonly orgId: string;
  readonly view: MapView;
  readonly way: MapWay;
  readonly client: MapNode;
  readonly server: MapNode;
  /** Looks at one of the nodes. */
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <MapPanel kind="Calls" title={`${nodeName(client)} → ${nodeName(server)}`} onClose={onClose}>
      <div className="flex flex-wrap gap-2">
        {[client, server].map((node) => (
          <Button key={node.id} onClick={() => onChoose(node.id)}>
            {nodeName(node)}
          </Button>
        ))}
      </div>
      {way.edges.map((edge) => (
        <section
          key={`${edge.connectionType} ${edge.system} ${edge.destination}`}
          aria-label={viaWords(edge) || 'Calls'}
          className="flex flex-col gap-2 border-line border-t pt-2"
        >
          <h3 className="flex items-baseline gap-2 font-medium">
            <span className="min-w-0 flex-1 break-words">{viaWords(edge) || 'Calls'}</span>
            <span className="text-sm">
              <EdgeTracesLink orgId={orgId} view={view} client={client} server={server} edge={edge} />
            </span>
          </h3>
          <PanelFigures
            figures={[
              ['Calls', rateWords(edge.callsPerSecond)],
              ['Errors', ratioWords(edge.errorRatio)],
            ]}
          />
          <Side title="Durations, as the caller sees them" side={edge.clientSide} />
          <Side title="Durations, as the called one sees them" side={edge.serverSide} />
        </section>
      ))}
    </MapPanel>
  );
}
