import type { ListedDashboard, StoredDashboard, StoredVersion } from '@aegisguard/accounts';
import type { Dashboard, DashboardSummary, DashboardVersion } from '@aegisguard/model';

/** A dashboard as it is answered. */
export function dashboardView({ content, createdAt, updatedAt, ...stored }: StoredDashboard): Dashboard {
  return { ...content, ...stored, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

/** A dashboard of a list. */
export function summaryView({ tags, createdAt, updatedAt, ...listed }: ListedDashboard): DashboardSummary {
  return { ...listed, tags: [...tags], createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

/** A version of a list. */
export function versionView({ savedAt, ...version }: StoredVersion): DashboardVersion {
  return { ...version, savedAt: savedAt.toISOString() };
}
