import { DASHBOARD_ROUTES, DashboardContent, type NewPanel, type PanelQuery } from '@aegisguard/model';
import { callRoute } from '../../../lib/call-route.ts';
import type { MetricsView } from '../view/metrics-view.ts';
import { chartOptionsOf } from './chart-options-of.ts';

const PANEL_TYPE = { table: 'table', stat: 'stat', heatmap: 'heatmap' } as const;

/** What a view shows, as a panel of a dashboard. */
export function panelOf(view: MetricsView, title: string): NewPanel {
  const { display } = view;
  const queries: PanelQuery[] = view.queries
    .filter(({ text }) => text.trim() !== '')
    .map(({ ref, isFormula, text, legend, isHidden }) => ({
      ref,
      language: isFormula ? 'formula' : 'promql',
      query: text,
      legend,
      isHidden,
      isInstant: false,
      minStep: '',
    }));
  return {
    title,
    type: display in PANEL_TYPE ? PANEL_TYPE[display as keyof typeof PANEL_TYPE] : 'timeseries',
    description: '',
    queries,
    options: chartOptionsOf(view, view.unit ?? ''),
    repeat: '',
  } as NewPanel;
}

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
