import type { DependenciesAnswer } from '@aegisguard/model';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { servicePath } from '../../app/paths.ts';
import { millisWords } from '../../charts/metrics/duration-words.ts';
import { asApiError } from '../../lib/api-error.ts';
import { formatCount } from '../../lib/number-format.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { NODE_ICONS, NODE_WORDS } from './node-types.ts';
import { HEALTH_TEXT, healthOf, rateWords, ratioWords } from './service-words.ts';

type Dependency = DependenciesAnswer['upstream'][number];

function DependencyList({
  orgId,
  title,
  nothing,
  timed,
  dependencies,
}: {
  readonly orgId: string;
  readonly title: string;
  readonly nothing: string;
  readonly timed: string;
  readonly dependencies: readonly Dependency[];
}): ReactNode {
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="mb-1 font-medium text-muted text-xs">{title}</h3>
      {dependencies.length === 0 ? <p className="text-subtle">{nothing}</p> : null}
      <ul className="flex flex-col">
        {dependencies.map(
          ({ node, system, destination, calls, callsPerSecond, errors, errorRatio, clientSide, serverSide }) => {
            const Icon = NODE_ICONS[node.type];
            const side = clientSide ?? serverSide;
            return (
              <li
                key={`${node.id} ${system} ${destination}`}
                className="flex flex-wrap items-center gap-x-3 border-line border-b py-1.5 last:border-b-0"
              >
                <span className="flex min-w-0 flex-1 basis-full items-center gap-2 sm:basis-40">
                  <Icon role="img" aria-label={NODE_WORDS[node.type]} className="size-4 shrink-0 text-subtle" />
                  {node.type === 'service' ? (
                    <Link
                      to={`${servicePath(orgId, node.name)}${timed}`}
                      className="truncate text-accent hover:underline"
                    >
                      {node.name}
                    </Link>
                  ) : (
                    <span className="truncate">{node.type === 'user' ? NODE_WORDS.user : node.name}</span>
                  )}
                  <span className="truncate text-subtle text-xs">
                    {[system, destination].filter((part) => part !== '' && part !== node.name).join(' · ')}
                  </span>
                </span>
                <span className="flex gap-3 text-xs tabular-nums max-sm:pl-6">
                  <span title={`${formatCount(calls)} calls`}>{rateWords(callsPerSecond)}</span>
                  <span title={`${formatCount(errors)} errors`} className={HEALTH_TEXT[healthOf(errorRatio)]}>
                    {ratioWords(errorRatio)}
                  </span>
                  <span title="95 of 100 calls took no longer">{millisWords(side?.p95Ms ?? null)}</span>
                </span>
              </li>
            );
          },
        )}
      </ul>
    </section>
  );
}

/** Who calls a service, and whom it calls: rate, share of errors, p95. */
export function DependenciesSection({
  orgId,
  dependencies,
  timed,
}: {
  readonly orgId: string;
  readonly dependencies: UseQueryResult<DependenciesAnswer>;
  /** Parameters of the time range, with what joins them. */
  readonly timed: string;
}): ReactNode {
  const { data, error, refetch } = dependencies;
  return (
    <Section title="Dependencies" description="Rate, share of errors and p95 of the calls, as who calls sees them.">
      {data !== undefined ? (
        <div className="grid gap-6 md:grid-cols-2">
          <DependencyList
            orgId={orgId}
            title="Called by"
            nothing="Nobody that sends spans."
            timed={timed}
            dependencies={data.upstream}
          />
          <DependencyList
            orgId={orgId}
            title="Calls"
            nothing="Nothing that its spans tell of."
            timed={timed}
            dependencies={data.downstream}
          />
        </div>
      ) : error === null ? (
        <Skeleton className="h-24 w-full" />
      ) : (
        <ErrorState error={asApiError(error)} onRetry={() => void refetch()} />
      )}
    </Section>
  );
}
