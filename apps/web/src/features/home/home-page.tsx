import type { ReactNode } from 'react';
import { PageHeader } from '../../app/page-header.tsx';
import { useMay } from '../../app/use-may.ts';
import { useOrgId } from '../../app/use-org-id.ts';
import { DeadLettersTile, FindingsTile, RefusedTile, WithoutFactorTile } from './attention-tiles.tsx';
import { AuditPanel } from './audit-panel.tsx';
import { FirstStepsCard } from './first-steps-card.tsx';
import { IntakePanel } from './intake-panel.tsx';
import { RefusedPanel } from './refused-panel.tsx';
import { SecurityPanel } from './security-panel.tsx';
import { UsagePanel } from './usage-panel.tsx';

/** How the organization's data is, at a glance: each part is loaded by itself, and shown to whom may see it. */
export function HomePage(): ReactNode {
  const orgId = useOrgId();
  const { may } = useMay(orgId);
  return (
    <>
      <PageHeader title="Home" />
      <div className="scrollbar-slim min-h-0 flex-1 overflow-y-auto">
        <div className="flex max-w-6xl flex-col gap-4 p-4 md:p-6">
          <FirstStepsCard orgId={orgId} />
          <dl className="grid grid-cols-2 gap-3 empty:hidden lg:grid-cols-4">
            {may('usage:read') ? <RefusedTile orgId={orgId} /> : null}
            {may('organization:write') ? <DeadLettersTile orgId={orgId} /> : null}
            {may('organization:read') ? <FindingsTile orgId={orgId} /> : null}
            {may('users:read') ? <WithoutFactorTile orgId={orgId} /> : null}
          </dl>
          {may('usage:read') ? <IntakePanel orgId={orgId} /> : null}
          <div className="grid items-start gap-4 lg:grid-cols-2">
            {may('usage:read') ? <RefusedPanel orgId={orgId} /> : null}
            {may('events:read') ? <SecurityPanel orgId={orgId} /> : null}
            {may('usage:read') ? <UsagePanel orgId={orgId} /> : null}
            {may('audit:read') ? <AuditPanel orgId={orgId} /> : null}
          </div>
        </div>
      </div>
    </>
  );
}
