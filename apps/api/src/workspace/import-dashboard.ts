import { AegisError, type DashboardContent, type ImportRemark, NewDashboard } from '@aegisguard/model';
import { completeDashboard } from './complete-dashboard.ts';
import { importGrafana } from './grafana/import-grafana.ts';
import { type LooseObject, objectOf, objectsOf, textOf } from './grafana/loose-json.ts';

/** A dashboard that was made of what a client sent. */
export interface ImportedDashboard {
  readonly content: DashboardContent;
  /** What is not as it was. */
  readonly notCarried: readonly ImportRemark[];
}

/** What a client sent as a dashboard, Grafana's or ours, itself or in an envelope. Throws `invalid-request` for what is none. */
export function importDashboard(sent: LooseObject): ImportedDashboard {
  const dashboard = unwrap(sent);
  if (isGrafanas(dashboard)) {
    const { content, notCarried } = importGrafana(dashboard);
    return { content: completeDashboard(content), notCarried };
  }
  if (textOf(dashboard.title).trim() === '') {
    throw new AegisError('invalid-request', {
      detail: 'This is no dashboard: it has neither the panels of Grafana’s JSON nor a title.',
    });
  }
  return { content: completeDashboard(NewDashboard.parse(dashboard)), notCarried: [] };
}

/** Grafana's HTTP API puts a dashboard into `dashboard`, its resources into `spec`. */
function unwrap(sent: LooseObject): LooseObject {
  if (typeof sent.apiVersion === 'string' && sent.kind === 'Dashboard') {
    const spec = objectOf(sent.spec);
    if (spec.elements !== undefined) {
      throw new AegisError('invalid-request', {
        detail: 'This is a dashboard of Grafana’s new schema. Export it in the classic form and import that.',
      });
    }
    return spec;
  }
  const isEnvelope = sent.panels === undefined && sent.rows === undefined && sent.title === undefined;
  return isEnvelope ? objectOf(sent.dashboard) : sent;
}

/** By members that only Grafana's have. */
function isGrafanas(dashboard: LooseObject): boolean {
  const { title, panels, rows } = dashboard;
  const hasContent = Array.isArray(panels) || Array.isArray(rows) || typeof title === 'string';
  return (
    hasContent &&
    (['schemaVersion', 'rows', 'templating', '__inputs', 'time', 'timepicker'].some((name) => name in dashboard) ||
      objectsOf(panels).some(({ gridPos, targets, fieldConfig }) => gridPos ?? targets ?? fieldConfig))
  );
}
