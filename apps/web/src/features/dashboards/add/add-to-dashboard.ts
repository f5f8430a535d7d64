import { DASHBOARD_ROUTES, DashboardContent, type NewPanel } from '@aegisguard/model';
import { callRoute } from '../../../lib/call-route.ts';

/** Appends a panel to a dashboard, or to a new one of that title; gives the dashboard's title. `conflict` when somebody else changed it meanwhile. */
export async function addToDashboard(
  orgId: string,
  target: { readonly id: string } | { readonly newTitle: string },
  panel: NewPanel,
): Promise<string> {
  if ('newTitle' in target) {
    const made = await callRoute(DASHBOARD_ROUTES.createDashboard, {
      body: { title: target.newTitle, panels: [panel] },
      orgId,
    });
    return made.title;
  }
  const dashboard = await callRoute(DASHBOARD_ROUTES.readDashboard, { params: { id: target.id }, orgId });
  const content = DashboardContent.parse(dashboard);
  const saved = await callRoute(DASHBOARD_ROUTES.updateDashboard, {
    params: { id: target.id },
    body: {
      ...content,
      panels: [...content.panels, panel],
      version: dashboard.version,
      message: `Added “${panel.title}”`,
    },
    orgId,
  });
  return saved.title;
}
