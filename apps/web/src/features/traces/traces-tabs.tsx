import type { ReactNode } from 'react';
import { traceFunnelsPath, tracesPath } from '../../app/paths.ts';
import { DEFAULT_RANGE, type TimeRange } from '../../lib/time-range.ts';
import { PageTabs } from '../../ui/page-tabs.tsx';

/** The pages about all traces; the time range goes along. */
export function TracesTabs({ orgId, range }: { readonly orgId: string; readonly range: TimeRange }): ReactNode {
  const pages = [
    { label: 'Search', pathname: tracesPath(orgId) },
    { label: 'Funnels', pathname: traceFunnelsPath(orgId) },
  ];
  const search =
    range.from === DEFAULT_RANGE.from && range.to === DEFAULT_RANGE.to ? '' : `?${new URLSearchParams({ ...range })}`;
  return <PageTabs label="Pages of traces" pages={pages} search={search} />;
}
