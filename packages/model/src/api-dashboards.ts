import { z } from 'zod';
import { Instant, PageRequest, pageOf } from './api-page.ts';
import { DashboardContent, DashboardPanel, PANEL_TYPES, PanelGrid, PanelOptions, PanelQuery } from './dashboard.ts';

/** A dashboard as it is kept. */
export const Dashboard = DashboardContent.extend({
  id: z.string(),
  /** Grows with every change. */
  version: z.number().int(),
  createdAt: Instant,
  updatedAt: Instant,
  /** Who changed it last; null when they are gone. */
  updatedByName: z.string().nullable(),
});
export type Dashboard = z.infer<typeof Dashboard>;

/** A dashboard in a list. */
export const DashboardSummary = Dashboard.pick({
  id: true,
  title: true,
  description: true,
  tags: true,
  version: true,
  createdAt: true,
  updatedAt: true,
  updatedByName: true,
}).extend({ panelCount: z.number().int() });
export type DashboardSummary = z.infer<typeof DashboardSummary>;

/** `GET /dashboards`: by title; `q` is looked for in titles and tags. */
export const DashboardListRequest = PageRequest.extend({
  q: z.string().max(200).optional(),
  tag: z.string().max(50).optional(),
});
export const DashboardPage = pageOf(DashboardSummary);
export type DashboardPage = z.infer<typeof DashboardPage>;

/** A panel as clients may send it: what is left out is chosen by the server. */
export const NewPanel = DashboardPanel.extend({
  id: z.string().min(1).max(40).optional(),
  type: z.enum(PANEL_TYPES).default('timeseries'),
  grid: PanelGrid.optional(),
  queries: z
    .array(PanelQuery.extend({ ref: PanelQuery.shape.ref.optional() }))
    .max(26)
    .default([]),
  /** The same as one PromQL query. */
  query: z.string().max(50_000).optional(),
  options: PanelOptions.prefault({}),
});
export type NewPanel = z.infer<typeof NewPanel>;

/** `POST /dashboards`. */
export const NewDashboard = DashboardContent.extend({ panels: z.array(NewPanel).max(500).default([]) });
export type NewDashboard = z.infer<typeof NewDashboard>;

/** `PUT /dashboards/:id`: the whole, with the version that it was read as; `conflict` when it has been changed since. */
export const DashboardUpdate = NewDashboard.extend({
  version: z.number().int(),
  /** What was changed, in words. */
  message: z.string().max(500).default(''),
});
export type DashboardUpdate = z.infer<typeof DashboardUpdate>;

/** An earlier state of a dashboard, in a list. */
export const DashboardVersion = z.object({
  version: z.number().int(),
  savedAt: Instant,
  savedByName: z.string().nullable(),
  message: z.string(),
  title: z.string(),
  panelCount: z.number().int(),
});
export type DashboardVersion = z.infer<typeof DashboardVersion>;

/** `GET /dashboards/:id/versions`: the latest first. */
export const DashboardVersionPage = pageOf(DashboardVersion);
export type DashboardVersionPage = z.infer<typeof DashboardVersionPage>;

/** `GET /dashboards/:id/versions/:version`, `POST /dashboards/:id/versions/:version/restore`. */
export const DashboardVersionParams = z.strictObject({
  id: z.string().max(200),
  version: z.coerce.number().int().min(1),
});

/** `POST /dashboards/import`: Grafana's dashboard JSON (https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/), itself or as `dashboard`, or what `GET /dashboards/:id` gave. */
export const DashboardImportRequest = z.record(z.string(), z.unknown());

/** Something of an imported dashboard that is not as it was. */
export const ImportRemark = z.object({
  /** The panel's title; null: of the dashboard. */
  panel: z.string().nullable(),
  what: z.string(),
  /** Why, and what was done instead. */
  reason: z.string(),
});
export type ImportRemark = z.infer<typeof ImportRemark>;

export const DashboardImportAnswer = z.object({ dashboard: Dashboard, notCarried: z.array(ImportRemark) });
export type DashboardImportAnswer = z.infer<typeof DashboardImportAnswer>;
