import type { Actor } from '@aegisguard/accounts';
import {
  type Asked,
  type Dashboard,
  type DashboardContent,
  type DashboardImportAnswer,
  type DashboardPage,
  type DashboardVersionPage,
  type OrgId,
  ROUTES,
} from '@aegisguard/model';
import { Controller, Inject } from '@nestjs/common';
import { By, CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { completeDashboard } from './complete-dashboard.ts';
import { dashboardView, summaryView, versionView } from './dashboard-view.ts';
import { importDashboard } from './import-dashboard.ts';

/** Dashboards and their versions. */
@Controller()
export class DashboardsController {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  @Serves(ROUTES.listDashboards)
  async list(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.listDashboards>,
  ): Promise<DashboardPage> {
    const { items, nextCursor } = await this.engines.accounts.dashboards.list(orgId, query);
    return { items: items.map(summaryView), nextCursor };
  }

  @Serves(ROUTES.readDashboard)
  async read(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params }: Asked<typeof ROUTES.readDashboard>,
  ): Promise<Dashboard> {
    return dashboardView(await this.engines.accounts.dashboards.find(orgId, params.id));
  }

  @Serves(ROUTES.createDashboard)
  async create(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { body }: Asked<typeof ROUTES.createDashboard>,
  ): Promise<Dashboard> {
    return dashboardView(await this.engines.accounts.dashboards.create(orgId, by, completeDashboard(body)));
  }

  @Serves(ROUTES.importDashboard)
  async import(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { body }: Asked<typeof ROUTES.importDashboard>,
  ): Promise<DashboardImportAnswer> {
    const { content, notCarried } = importDashboard(body);
    const made = await this.engines.accounts.dashboards.create(orgId, by, content, 'dashboard.import');
    return { dashboard: dashboardView(made), notCarried: [...notCarried] };
  }

  @Serves(ROUTES.updateDashboard)
  async update(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { params, body }: Asked<typeof ROUTES.updateDashboard>,
  ): Promise<Dashboard> {
    const { version, message, ...wanted } = body;
    const content = completeDashboard(wanted);
    return dashboardView(
      await this.engines.accounts.dashboards.update(orgId, by, params.id, { content, version, message }),
    );
  }

  @Serves(ROUTES.deleteDashboard)
  async remove(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { params }: Asked<typeof ROUTES.deleteDashboard>,
  ): Promise<void> {
    await this.engines.accounts.dashboards.remove(orgId, by, params.id);
  }

  @Serves(ROUTES.listDashboardVersions)
  async versions(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params, query }: Asked<typeof ROUTES.listDashboardVersions>,
  ): Promise<DashboardVersionPage> {
    const { items, nextCursor } = await this.engines.accounts.dashboards.versions(orgId, params.id, query);
    return { items: items.map(versionView), nextCursor };
  }

  @Serves(ROUTES.readDashboardVersion)
  readVersion(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params }: Asked<typeof ROUTES.readDashboardVersion>,
  ): Promise<DashboardContent> {
    return this.engines.accounts.dashboards.findVersion(orgId, params.id, params.version);
  }

  @Serves(ROUTES.restoreDashboardVersion)
  async restore(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { params }: Asked<typeof ROUTES.restoreDashboardVersion>,
  ): Promise<Dashboard> {
    return dashboardView(await this.engines.accounts.dashboards.restore(orgId, by, params.id, params.version));
  }
}
