import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { PageHeader } from '../../app/page-header.tsx';
import { useMay } from '../../app/use-may.ts';
import { useOrgId } from '../../app/use-org-id.ts';
import { asApiError } from '../../lib/api-error.ts';
import { useAddressView } from '../../lib/use-address-view.ts';
import { useGeoSource } from '../../lib/use-geo-source.ts';
import { useHotkeys } from '../../lib/use-hotkeys.ts';
import { useRun } from '../../lib/use-run.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { RefreshControl } from '../../ui/refresh-control.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../../ui/tabs.tsx';
import { TimePicker } from '../../ui/time-picker.tsx';
import { FoundTab } from './found/found-tab.tsx';
import { usePolicyDraft } from './policy/use-policy-draft.ts';
import { policyKey, readPolicy } from './privacy-api.ts';
import { PRIVACY_TABS, parsePrivacyView, printPrivacyView } from './privacy-view.ts';

// Forms are not needed to see what was found.
const PolicyTab = lazy(async () => ({ default: (await import('./policy/policy-tab.tsx')).PolicyTab }));

/** What is found in telemetry, and what becomes of it. */
export function PrivacyPage(): ReactNode {
  const orgId = useOrgId();
  const { isKnown, may } = useMay(orgId);
  const { view, change } = useAddressView(parsePrivacyView, printPrivacyView);
  const { range, refresh, tab } = view;
  const run = useRun(
    useMemo(() => ({ query: '', range, refresh }), [range, refresh]),
    orgId,
    tab !== 'found',
  );
  const [draft, onDraft] = usePolicyDraft(orgId);
  const policy = useQuery({
    queryKey: policyKey(orgId),
    queryFn: ({ signal }) => readPolicy(orgId, signal),
    // Others change it, too.
    staleTime: 0,
  });
  useHotkeys({ r: run.refresh });
  return (
    <>
      <PageHeader title="Privacy">
        {tab === 'found' ? (
          <>
            <TimePicker range={range} resolved={run.range} onChange={(chosen) => change({ range: chosen })} />
            <RefreshControl
              seconds={refresh}
              isPaused={false}
              onRefresh={run.refresh}
              onChange={(seconds) => change({ refresh: seconds }, true)}
            />
          </>
        ) : null}
      </PageHeader>
      <Tabs
        value={tab}
        onValueChange={(value) => change({ tab: PRIVACY_TABS.find((each) => each === value) ?? 'found' })}
        className="flex min-h-0 flex-1 flex-col bg-surface"
      >
        <TabsList aria-label="Parts of the page" className="shrink-0 border-line border-b px-3 py-1">
          <TabsTrigger value="found">What was found</TabsTrigger>
          <TabsTrigger value="policy">
            What becomes of it{draft === null ? null : <span className="font-normal text-subtle"> (not saved)</span>}
          </TabsTrigger>
        </TabsList>
        <TabsContent value="found" className="scrollbar-slim relative flex min-h-0 flex-1 flex-col overflow-y-auto">
          <FoundTab orgId={orgId} view={view} run={run} policy={policy.data?.policy} change={change} />
          <div className="mt-auto">
            <PlaceSource orgId={orgId} />
          </div>
        </TabsContent>
        <TabsContent value="policy" className="flex min-h-0 flex-1 flex-col">
          {policy.data !== undefined && isKnown ? (
            <Suspense fallback={<PolicySkeleton />}>
              <PolicyTab
                orgId={orgId}
                answer={policy.data}
                mayWrite={may('organization:write')}
                draft={draft}
                onDraft={onDraft}
                foot={<PlaceSource orgId={orgId} />}
              />
            </Suspense>
          ) : policy.error === null ? (
            <PolicySkeleton />
          ) : (
            <ErrorState error={asApiError(policy.error)} onRetry={() => void policy.refetch()} />
          )}
        </TabsContent>
      </Tabs>
      {draft === null ? null : (
        <LeaveGuard title="The policy is not saved" onDiscard={() => onDraft(null)}>
          Until it is, what comes in is treated as before your changes.
        </LeaveGuard>
      )}
    </>
  );
}

function PolicySkeleton(): ReactNode {
  return (
    <div className="flex max-w-5xl flex-col gap-4 p-4">
      <Skeleton className="h-5 w-48" />
      <Skeleton className="h-64 w-full" />
      <Skeleton className="h-64 w-full" />
    </div>
  );
}

/** Where the places of addresses come from; the bundled database's licence asks to say so. */
function PlaceSource({ orgId }: { readonly orgId: string }): ReactNode {
  const geo = useGeoSource(orgId);
  if (geo === undefined) {
    return null;
  }
  return (
    <p className="border-line border-t px-4 py-2 text-subtle text-xs">
      {geo.source === 'none'
        ? 'Where addresses are is not looked up in this installation.'
        : 'Where addresses are is looked up in this installation and nowhere else'}
      {geo.source === 'own' ? ', in databases of its own.' : null}
      {geo.attribution === null ? null : (
        <>
          {': '}
          <a
            href={geo.attribution.url}
            target="_blank"
            rel="noreferrer"
            className="text-accent underline underline-offset-2"
          >
            {geo.attribution.text}
          </a>{' '}
          (CC BY 4.0).
        </>
      )}
    </p>
  );
}
