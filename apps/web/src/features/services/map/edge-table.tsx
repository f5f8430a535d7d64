import { SearchX } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { millisWords } from '../../../charts/metrics/duration-words.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { type DataColumn, DataTable } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { nodeName } from '../node-types.ts';
import { HEALTH_TEXT, healthOf, rateWords, ratioWords } from '../service-words.ts';
import type { MapView } from '../services-view.ts';
import { EdgeTracesLink, viaWords } from './edge-figures.tsx';
import type { MapEdge, MapNode } from './map-edges.ts';

function columnsOf(
  orgId: string,
  view: MapView,
  nodes: ReadonlyMap<string, MapNode>,
  onChoose: (id: string) => void,
): readonly DataColumn<MapEdge>[] {
  const nodeCell = (id: string) => {
    const node = nodes.get(id);
    return (
      <button type="button" className="break-all text-left text-accent hover:underline" onClick={() => onChoose(id)}>
        {node === undefined ? id : nodeName(node)}
      </button>
    );
  };
  return [
    { header: 'From', cell: ({ client }) => nodeCell(client) },
    { header: 'To', cell: ({ server }) => nodeCell(server) },
    { header: 'By', cell: (edge) => <span className="text-muted">{viaWords(edge)}</span> },
    {
      header: 'Calls',
      isNumber: true,
      cell: ({ calls, callsPerSecond }) => (
        <span title={`${formatCount(calls)} calls`}>{rateWords(callsPerSecond)}</span>
      ),
    },
    {
      header: 'Errors',
      isNumber: true,
      cell: ({ errors, errorRatio }) => (
        <span title={`${formatCount(errors)} errors`} className={HEALTH_TEXT[healthOf(errorRatio)]}>
          {ratioWords(errorRatio)}
        </span>
      ),
    },
    {
      header: 'p50',
      isNumber: true,
      cell: ({ clientSide, serverSide }) => millisWords((clientSide ?? serverSide)?.p50Ms ?? null),
    },
    {
      header: 'p95',
      isNumber: true,
      cell: ({ clientSide, serverSide }) => millisWords((clientSide ?? serverSide)?.p95Ms ?? null),
    },
    {
      header: 'Look at',
      cell: (edge) => (
        <EdgeTracesLink
          orgId={orgId}
          view={view}
          client={nodes.get(edge.client)}
          server={nodes.get(edge.server)}
          edge={edge}
        />
      ),
    },
  ];
}

/** The edges of the map as a table: what the drawing shows, for those who do not see it, too. */
export function EdgeTable({
  orgId,
  view,
  nodes,
  edges,
  found,
  onChoose,
}: {
  readonly orgId: string;
  readonly view: MapView;
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
  /** Only the edges of these nodes are shown. */
  readonly found: ReadonlySet<string> | undefined;
  readonly onChoose: (id: string) => void;
}): ReactNode {
  const columns = useMemo(
    () => columnsOf(orgId, view, new Map(nodes.map((node) => [node.id, node])), onChoose),
    [orgId, view, nodes, onChoose],
  );
  const rows = edges.filter(({ client, server }) => found === undefined || found.has(client) || found.has(server));
  return (
    <div className="scrollbar-slim min-h-0 flex-1 overflow-y-auto bg-surface">
      <DataTable
        label="Edges"
        columns={columns}
        rowId={({ client, server, connectionType, system, destination }) =>
          JSON.stringify([client, server, connectionType, system, destination])
        }
        list={{ rows, error: undefined, retry: () => undefined, more: undefined, isLoadingMore: false }}
        empty={<EmptyState icon={SearchX} title="No edge is so" />}
      />
    </div>
  );
}
