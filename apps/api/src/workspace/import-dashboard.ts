import { AegisError, type DashboardContent, type ImportRemark, NewDashboard } from '@aegisguard/model';
import { completeDashboard } from './complete-dashboard.ts';

/** What a client sent as a dashboard, and what of it is not as it was. */
export function importDashboard(sent: Readonly<Record<string, unknown>>): {
  readonly content: DashboardContent;
  readonly notCarried: readonly ImportRemark[];
} {
  const parsed = NewDashboard.safeParse(sent);
  if (!parsed.success) {
    throw new AegisError('invalid-request', { detail: 'This is no dashboard.' });
  }
  return { content: completeDashboard(parsed.data), notCarried: [] };
}
