import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { servicePath } from '../../../app/paths.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { NODE_WORDS } from '../node-types.ts';
import { tracesOfService } from '../service-links.ts';
import { basisWords, durationWords, HEALTH_TEXT, healthOf, rateWords, ratioWords } from '../service-words.ts';
import type { MapView } from '../services-view.ts';
import type { MapEdge, MapNode } from './map-edges.ts';

function EdgeList({
  title,
  edges,
  nameOf,
  onChoose,
}: {
  readonly title: string;
  /** With the node at their other end. */
  readonly edges: readonly (readonly [MapEdge, string])[];
  readonly nameOf: (id: string) => string;
  readonly onChoose: (id: string) => void;
}): ReactNode {
  return edges.length === 0 ? null : (
    <section aria-label={title}>
      <h3 className="mb-1 font-medium text-muted text-xs">{title}</h3>
      <ul className="flex flex-col">
        {edges.map(([edge, other]) => (
          <li key={`${other} ${edge.system} ${edge.destination}`} className="border-line border-b py-1 last:border-b-0">
            <button
              type="button"
              className="max-w-full truncate text-left text-accent hover:underline"
              onClick={() => onChoose(other)}
            >
              {nameOf(other)}
            </button>
            <div className="flex flex-wrap gap-x-3 text-xs tabular-nums">
              <span title={`${formatCount(edge.calls)} calls`}>{rateWords(edge.callsPerSecond)}</span>
              <span className={HEALTH_TEXT[healthOf(edge.errorRatio)]}>{ratioWords(edge.errorRatio)} errors</span>
              <span>p95 {durationWords((edge.clientSide ?? edge.serverSide)?.p95Ms ?? null)}</span>
              <span className="text-subtle">
                {[edge.system, edge.destination].filter((part) => part !== '').join(' · ')}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is known of one node of the map, and of its calls. */
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
  const names = new Map(nodes.map((each) => [each.id, each.type === 'user' ? NODE_WORDS.user : each.name]));
  const nameOf = (id: string) => names.get(id) ?? id;
  return (
    <aside
      aria-label={`About ${nameOf(node.id)}`}
      className="scrollbar-slim flex max-h-1/2 w-full shrink-0 flex-col gap-3 overflow-y-auto border-line border-t bg-surface p-3 lg:max-h-none lg:w-80 lg:border-t-0 lg:border-l"
    >
      <header className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <p className="text-subtle text-xs">{NODE_WORDS[type]}</p>
          <h2 className="break-all font-semibold text-base">{nameOf(node.id)}</h2>
        </div>
        <IconButton label="Close" onClick={() => onChoose(undefined)}>
          <X aria-hidden />
        </IconButton>
      </header>
      {red === null ? null : (
        <>
          <dl className="grid grid-cols-3 gap-2 text-xs">
            {[
              ['Calls', rateWords(red.callsPerSecond)],
              ['Errors', ratioWords(red.errorRatio)],
              ['p50', durationWords(red.p50Ms)],
              ['p95', durationWords(red.p95Ms)],
              ['p99', durationWords(red.p99Ms)],
            ].map(([label, words]) => (
              <div key={label}>
                <dt className="text-subtle">{label}</dt>
                <dd className="font-medium text-sm tabular-nums">{words}</dd>
              </div>
            ))}
          </dl>
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
        title="Called by"
        edges={edges.flatMap((edge) => (edge.server === node.id ? [[edge, edge.client] as const] : []))}
        nameOf={nameOf}
        onChoose={onChoose}
      />
      <EdgeList
        title="Calls"
        edges={edges.flatMap((edge) => (edge.client === node.id ? [[edge, edge.server] as const] : []))}
        nameOf={nameOf}
        onChoose={onChoose}
      />
    </aside>
  );
}
