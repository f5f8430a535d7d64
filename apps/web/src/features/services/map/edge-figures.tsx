import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { millisWords } from '../../../charts/metrics/duration-words.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { tracesOfQuery } from '../service-links.ts';
import { HEALTH_TEXT, healthOf, rateWords, ratioWords } from '../service-words.ts';
import type { TimedView } from '../services-view.ts';
import { edgeTraces } from './edge-traces.ts';
import type { MapEdge, MapNode } from './map-edges.ts';

/** What is spoken, and through which queue; empty where spans do not say. */
export function viaWords({ system, destination }: Pick<MapEdge, 'system' | 'destination'>): string {
  return [system, destination].filter((part) => part !== '').join(' · ');
}

/** A link to the traces in which one node calls another; nothing where neither sends spans. */
export function EdgeTracesLink({
  orgId,
  view,
  client,
  server,
  edge,
}: {
  readonly orgId: string;
  readonly view: TimedView;
  readonly client: MapNode | undefined;
  readonly server: MapNode | undefined;
  readonly edge: MapEdge;
}): ReactNode {
  const query = client === undefined || server === undefined ? undefined : edgeTraces(client, server, edge, view.env);
  return query === undefined ? null : (
    <Link to={tracesOfQuery(orgId, view, query)} className="shrink-0 text-accent text-xs hover:underline">
      Traces
    </Link>
  );
}

/** An edge in a line: rate, share of errors, and how long calls take, as who calls sees it. */
export function EdgeFigures({ edge }: { readonly edge: MapEdge }): ReactNode {
  return (
    <div className="flex flex-wrap gap-x-3 text-xs tabular-nums">
      <span title={`${formatCount(edge.calls)} calls`}>{rateWords(edge.callsPerSecond)}</span>
      <span className={HEALTH_TEXT[healthOf(edge.errorRatio)]}>{ratioWords(edge.errorRatio)} errors</span>
      <span>p95 {millisWords((edge.clientSide ?? edge.serverSide)?.p95Ms ?? null)}</span>
      <span className="text-subtle">{viaWords(edge)}</span>
    </div>
  );
}
