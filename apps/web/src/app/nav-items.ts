import type { Permission } from '@aegisguard/model';
import {
  ArrowDownToLine,
  BookOpen,
  Boxes,
  ChartSpline,
  House,
  LayoutDashboard,
  type LucideIcon,
  PlugZap,
  ScrollText,
  Settings,
  Shield,
  ShieldCheck,
  Waypoints,
  Workflow,
} from 'lucide-react';
import {
  dashboardsPath,
  docsPath,
  homePath,
  ingestionPath,
  logPipelinesPath,
  logsPath,
  metricsPath,
  privacyPath,
  securityPath,
  sendDataPath,
  servicesPath,
  settingsPath,
  tracesPath,
} from './paths.ts';
import { type PageSection, SECURITY_SECTIONS, SETTINGS_SECTIONS } from './sections.ts';

/** A page of the navigation. */
export interface NavItem {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly path: (orgId: string) => string;
  /** Without it the page is not shown. */
  readonly permission?: Permission;
  /** The pages below it; it is shown when one of them is. */
  readonly sections?: readonly PageSection[];
}

/** The pages that there are, in their order; groups have a line between them. */
const NAV_GROUPS: readonly (readonly NavItem[])[] = [
  [
    { label: 'Home', icon: House, path: homePath },
    { label: 'Logs', icon: ScrollText, path: logsPath, permission: 'logs:read' },
    { label: 'Traces', icon: Waypoints, path: tracesPath, permission: 'traces:read' },
    { label: 'Services', icon: Boxes, path: servicesPath, permission: 'traces:read' },
    { label: 'Metrics', icon: ChartSpline, path: metricsPath, permission: 'metrics:read' },
    { label: 'Dashboards', icon: LayoutDashboard, path: dashboardsPath, permission: 'dashboards:read' },
  ],
  [
    { label: 'Ingestion', icon: ArrowDownToLine, path: ingestionPath, permission: 'usage:read' },
    { label: 'Pipelines', icon: Workflow, path: logPipelinesPath, permission: 'organization:read' },
    { label: 'Privacy', icon: ShieldCheck, path: privacyPath, permission: 'organization:read' },
    { label: 'Send data', icon: PlugZap, path: sendDataPath, permission: 'usage:read' },
  ],
  [
    { label: 'Security', icon: Shield, path: securityPath, sections: SECURITY_SECTIONS },
    { label: 'Settings', icon: Settings, path: settingsPath, sections: SETTINGS_SECTIONS },
    { label: 'Docs', icon: BookOpen, path: docsPath },
  ],
];

/** The groups with what a person may see of them. */
export function visibleGroups(
  may: (permission: Permission | undefined) => boolean,
  groups: readonly (readonly NavItem[])[] = NAV_GROUPS,
): readonly (readonly NavItem[])[] {
  return groups
    .map((items) =>
      items.filter(
        ({ permission, sections }) => may(permission) && (sections?.some((each) => may(each.permission)) ?? true),
      ),
    )
    .filter((items) => items.length > 0);
}
