import type { ReactNode } from 'react';
import { serviceMapPath, servicesPath } from '../../app/paths.ts';
import { PageTabs } from '../../ui/page-tabs.tsx';

/** The pages about all services; the time range goes along. */
export function ServicesTabs({ orgId, search }: { readonly orgId: string; readonly search: string }): ReactNode {
  const pages = [
    { label: 'List', pathname: servicesPath(orgId) },
    { label: 'Map', pathname: serviceMapPath(orgId) },
  ];
  return <PageTabs label="Pages of services" pages={pages} search={search} />;
}
