import type { ServiceMapAnswer } from '@aegisguard/model';
import { Boxes } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { PageHeader } from '../../../app/page-header.tsx';
import { sendDataPath } from '../../../app/paths.ts';
import { useOrgId } from '../../../app/use-org-id.ts';
import { asApiError } from '../../../lib/api-error.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { useAddressView } from '../../../lib/use-address-view.ts';
import { useHotkeys } from '../../../lib/use-hotkeys.ts';
import { useRun } from '../../../lib/use-run.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { ProgressLine } from '../../../ui/progress-line.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { RunControls } from '../run-controls.tsx';
import { ServicesTabs } from '../services-tabs.tsx';
import { parseMapView, presentParameters, printMapView, timedParameters } from '../services-view.ts';
import { useServiceMap } from '../use-services.ts';
import { MapBar } from './map-bar.tsx';
import { MapContent, useDrawing } from './map-content.tsx';
import { foundNodes } from './map-edges.ts';
import { filterMap } from './map-filter.ts';

function countWords(count: number, of: number, noun: string): string {
  return count === of ? `${formatCount(of)} ${noun}` : `${formatCount(count)} of ${formatCount(of)} ${noun}`;
}

/** How much of an answer is shown. */
function shownWords(answer: ServiceMapAnswer | undefined, shown: ReturnType<typeof filterMap> | undefined): string {
  return answer === undefined || shown === undefined
    ? ''
    : `${countWords(shown.nodes.length, answer.nodes.length, 'nodes')}, ${countWords(shown.edges.length, answer.edges.length, 'edges')}${answer.hasMore ? ', those with most calls' : ''}`;
}

/** The map of services: who calls whom, how often, how well. */
export function ServiceMapPage(): ReactNode {
  const orgId = useOrgId();
  const { view, change } = useAddressView(parseMapView, printMapView);
  const { range, refresh, env, service, hops, hidden, health } = view;
  const run = useRun(
    useMemo(
      () => ({ query: JSON.stringify([env, service, hops]), range, refresh }),
      [env, service, hops, range, refresh],
    ),
    orgId,
    false,
  );
  const { data, error, isFetching } = useServiceMap(orgId, view, run);
  const [text, setText] = useState('');
  useDrawing();
  useHotkeys({ r: run.refresh });
  const timed = presentParameters(timedParameters(view)).toString();
  const shown = useMemo(
    () => (data === undefined ? undefined : filterMap(data, { hidden, health })),
    [data, hidden, health],
  );
  const found = useMemo(() => (shown === undefined ? undefined : foundNodes(shown.nodes, text)), [shown, text]);
  const types = useMemo(() => new Set(data?.nodes.map(({ type }) => type)), [data]);
  return (
    <>
      <PageHeader title="Services">
        <RunControls orgId={orgId} view={view} run={run} change={change} />
      </PageHeader>
      <ServicesTabs orgId={orgId} search={timed} />
      <MapBar
        view={view}
        types={types}
        text={text}
        counts={shownWords(data, shown)}
        change={change}
        onText={setText}
        onFound={() => {
          const [first] = found ?? [];
          change({ node: first, edge: undefined }, true);
        }}
      />
      <div className="relative flex min-h-0 flex-1 flex-col lg:flex-row">
        <ProgressLine active={isFetching} label="Loading" />
        {data === undefined || shown === undefined ? (
          error === null ? (
            <Skeleton className="m-3 flex-1" />
          ) : (
            <ErrorState error={asApiError(error)} onRetry={run.refresh} />
          )
        ) : data.nodes.length === 0 ? (
          <EmptyState
            icon={Boxes}
            title="No service sent spans in this time range"
            action={
              <Button asChild variant="primary">
                <Link to={sendDataPath(orgId)}>How to send traces</Link>
              </Button>
            }
          >
            The map draws itself from the traces that services send.
          </EmptyState>
        ) : (
          <MapContent
            orgId={orgId}
            view={view}
            answer={data}
            shown={shown}
            found={found}
            timed={timed}
            change={change}
          />
        )}
      </div>
    </>
  );
}
