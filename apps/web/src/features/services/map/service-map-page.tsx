import { Boxes } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { PageHeader } from '../../../app/page-header.tsx';
import { sendDataPath } from '../../../app/paths.ts';
import { useOrgId } from '../../../app/use-org-id.ts';
import { asApiError } from '../../../lib/api-error.ts';
import { useAddressView } from '../../../lib/use-address-view.ts';
import { useHotkeys } from '../../../lib/use-hotkeys.ts';
import { useRun } from '../../../lib/use-run.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { FilterChip } from '../../../ui/filter-chip.tsx';
import { Input } from '../../../ui/input.tsx';
import { ProgressLine } from '../../../ui/progress-line.tsx';
import { Select } from '../../../ui/select.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { RunControls } from '../run-controls.tsx';
import { ServicesTabs } from '../services-tabs.tsx';
import { HOPS, parseMapView, presentParameters, printMapView, timedParameters } from '../services-view.ts';
import { useServiceMap } from '../use-services.ts';
import { foundNodes } from './map-edges.ts';
import { NodePanel } from './node-panel.tsx';
import { ServiceMap } from './service-map.tsx';

/** The map of services: who calls whom, how often, how well. */
export function ServiceMapPage(): ReactNode {
  const orgId = useOrgId();
  const { view, change } = useAddressView(parseMapView, printMapView);
  const { range, refresh, service, hops, node: chosen } = view;
  const run = useRun(
    useMemo(() => ({ query: JSON.stringify([service, hops]), range, refresh }), [service, hops, range, refresh]),
    orgId,
    false,
  );
  const map = useServiceMap(orgId, view, run);
  const [text, setText] = useState('');
  useHotkeys({ r: run.refresh });
  const timed = presentParameters(timedParameters(view)).toString();
  const { data } = map;
  const found = useMemo(() => (data === undefined ? undefined : foundNodes(data.nodes, text)), [data, text]);
  const node = data?.nodes.find(({ id }) => id === chosen);
  return (
    <>
      <PageHeader title="Services">
        <RunControls view={view} run={run} change={change} />
      </PageHeader>
      <ServicesTabs orgId={orgId} search={timed} />
      <div className="flex flex-wrap items-center gap-2 border-line border-b bg-surface px-3 py-2">
        <Input
          type="search"
          aria-label="Find on the map"
          placeholder="Find on the map"
          className="w-44"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        {service === undefined ? null : (
          <>
            <FilterChip label="Around" value={service} onRemove={() => change({ service: undefined })} />
            <Select
              aria-label="How far around"
              value={hops}
              onChange={({ target }) => change({ hops: Number(target.value) })}
            >
              {HOPS.map((each) => (
                <option key={each} value={each}>
                  {each === 1 ? '1 call away' : `${each} calls away`}
                </option>
              ))}
            </Select>
          </>
        )}
        <p className="ml-auto text-subtle text-xs max-md:ml-0">
          {data === undefined ? '' : `${data.nodes.length} nodes, ${data.edges.length} edges`}
          {data?.hasMore === true ? ', those with most calls' : ''}
        </p>
      </div>
      <div className="relative flex min-h-0 flex-1 flex-col lg:flex-row">
        <ProgressLine active={map.isFetching} label="Loading" />
        {data === undefined ? (
          map.error === null ? (
            <Skeleton className="m-3 flex-1" />
          ) : (
            <ErrorState error={asApiError(map.error)} onRetry={run.refresh} />
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
          <ServiceMap
            nodes={data.nodes}
            edges={data.edges}
            chosen={node?.id}
            found={found}
            onChoose={(id) => change({ node: id }, true)}
          />
        )}
        {data === undefined || node === undefined ? null : (
          <NodePanel
            orgId={orgId}
            view={view}
            node={node}
            nodes={data.nodes}
            edges={data.edges}
            timed={timed === '' ? '' : `&${timed}`}
            onChoose={(id) => change({ node: id }, true)}
            onFocus={(name) => change({ service: name })}
          />
        )}
      </div>
    </>
  );
}
