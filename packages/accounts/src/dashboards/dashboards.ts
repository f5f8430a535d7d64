import { AegisError, type DashboardContent, type OrgId } from '@aegisguard/model';
import type { Actor } from '../actor.ts';
import type { Change } from '../audit/audit-trail.ts';
import { lockOrganization } from '../authority.ts';
import { type Changes, notFound } from '../changes.ts';
import { type Database, type PrismaTransaction, rowsIn } from '../database.ts';
import { isId, newId } from '../new-id.ts';
import {
  type DashboardListRequest,
  type ListPage,
  type ListPart,
  listDashboards,
  listVersions,
} from './dashboard-lists.ts';
import { demandBytes, demandPlace, dropOldVersions } from './dashboard-room.ts';
import {
  findDashboard,
  findVersion,
  type ListedDashboard,
  type StoredDashboard,
  type StoredVersion,
} from './dashboard-row.ts';
import { demandStorable } from './storable-dashboard.ts';

/** A change that somebody wants: it holds only for the version that they read. */
export interface WantedDashboard {
  readonly content: DashboardContent;
  readonly version: number;
  /** What was changed, in words. */
  readonly message: string;
}

/** Dashboards of organizations and their versions. Another organization's is not there. */
export class Dashboards {
  readonly #database: Database;
  readonly #changes: Changes;
  readonly #now: () => number;

  constructor(database: Database, changes: Changes, now: () => number) {
    this.#database = database;
    this.#changes = changes;
    this.#now = now;
  }

  /** By title. */
  list(orgId: OrgId, request: DashboardListRequest): Promise<ListPage<ListedDashboard>> {
    return listDashboards(this.#database, orgId, request);
  }

  /** One dashboard, whole. */
  find(orgId: OrgId, id: string): Promise<StoredDashboard> {
    return findDashboard(this.#database.read, orgId, id);
  }

  /** The versions that are kept, the present one first. */
  versions(orgId: OrgId, id: string, part: ListPart): Promise<ListPage<StoredVersion>> {
    return listVersions(this.#database, orgId, id, part);
  }

  /** What was in a version. */
  findVersion(orgId: OrgId, id: string, version: number): Promise<DashboardContent> {
    return findVersion(this.#database.read, orgId, id, version);
  }

  /** Makes a dashboard; `invalid-request` when there are too many, or too much in them. */
  async create(
    orgId: OrgId,
    by: Actor,
    content: DashboardContent,
    action: 'dashboard.create' | 'dashboard.import' = 'dashboard.create',
  ): Promise<StoredDashboard> {
    demandStorable(content, '');
    return this.#changes.of(orgId, by, async (prisma) => {
      await lockOrganization(prisma, orgId);
      await demandPlace(prisma, orgId);
      const nowMs = this.#now();
      const id = newId(nowMs);
      const { title, description, tags } = content;
      const data = { id, orgId, title, description, tags, version: 1, createdAt: new Date(nowMs) };
      await prisma.dashboard.create({ data });
      await this.#save(prisma, orgId, by, id, { content, version: 1, message: '' });
      const after = factsOf(content, 1);
      return {
        result: await findDashboard(rowsIn(prisma), orgId, id),
        change: { action, target: targetOf(id, content), after },
      };
    });
  }

  /** Replaces what is in a dashboard; `conflict` when it is not at that version any more. What is the same as before makes no version. */
  async update(orgId: OrgId, by: Actor, id: string, wanted: WantedDashboard): Promise<StoredDashboard> {
    demandStorable(wanted.content, wanted.message);
    return this.#changes.of(orgId, by, async (prisma) => {
      const before = await lockDashboard(prisma, orgId, id);
      if (before.version !== wanted.version) {
        throw new AegisError('conflict', {
          detail: `The dashboard was changed since it was read; it is at version ${before.version} now. Read it again.`,
          members: { version: before.version },
        });
      }
      return this.#replace(prisma, orgId, by, {
        before,
        content: wanted.content,
        message: wanted.message,
        action: 'dashboard.update',
      });
    });
  }

  /** Makes a dashboard what it was, as a new version. */
  restore(orgId: OrgId, by: Actor, id: string, version: number): Promise<StoredDashboard> {
    return this.#changes.of(orgId, by, async (prisma) => {
      const before = await lockDashboard(prisma, orgId, id);
      const content = await findVersion(rowsIn(prisma), orgId, id, version);
      const message = `Version ${version} again`;
      return this.#replace(prisma, orgId, by, { before, content, message, action: 'dashboard.restore' });
    });
  }

  /** Deletes a dashboard with its versions. */
  remove(orgId: OrgId, by: Actor, id: string): Promise<void> {
    return this.#changes.of(orgId, by, async (prisma) => {
      const { content, version } = await lockDashboard(prisma, orgId, id);
      await prisma.dashboard.delete({ where: { id } });
      const change: Change = {
        action: 'dashboard.delete',
        target: targetOf(id, content),
        before: factsOf(content, version),
      };
      return { result: undefined, change };
    });
  }

  async #replace(
    prisma: PrismaTransaction,
    orgId: OrgId,
    by: Actor,
    { before, content, message, action }: Replacement,
  ): Promise<{ readonly result: StoredDashboard; readonly change: Change | null }> {
    // Both were parsed by one schema, so their members are in one order.
    if (JSON.stringify(content) === JSON.stringify(before.content)) {
      return { result: before, change: null };
    }
    const { id } = before;
    const version = before.version + 1;
    const { title, description, tags } = content;
    await prisma.dashboard.update({ where: { id }, data: { title, description, tags, version } });
    await this.#save(prisma, orgId, by, id, { content, version, message });
    return {
      result: await findDashboard(rowsIn(prisma), orgId, id),
      change: {
        action,
        target: targetOf(id, content),
        before: factsOf(before.content, before.version),
        after: factsOf(content, version),
      },
    };
  }

  async #save(
    prisma: PrismaTransaction,
    orgId: OrgId,
    by: Actor,
    dashboardId: string,
    wanted: WantedDashboard,
  ): Promise<void> {
    const { content, version, message } = wanted;
    const { title, panels } = content;
    const savedBy = by.kind === 'user' ? by.id : null;
    const savedAt = new Date(this.#now());
    await prisma.dashboardVersion.create({
      data: { dashboardId, version, savedAt, savedBy, message, title, panelCount: panels.length, content },
    });
    await dropOldVersions(prisma, dashboardId);
    await demandBytes(prisma, orgId);
  }
}

interface Replacement {
  readonly before: StoredDashboard;
  readonly content: DashboardContent;
  readonly message: string;
  readonly action: 'dashboard.update' | 'dashboard.restore';
}

/** Changes of one dashboard come one after the other. */
async function lockDashboard(prisma: PrismaTransaction, orgId: OrgId, id: string): Promise<StoredDashboard> {
  if (!isId(id)) {
    throw notFound('dashboard');
  }
  await prisma.$queryRaw`SELECT FROM public.dashboards WHERE org_id = ${orgId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return findDashboard(rowsIn(prisma), orgId, id);
}

/** What the audit log says of a state: not what is in it. */
function factsOf({ title, panels }: DashboardContent, version: number) {
  return { title, version, panels: panels.length };
}

function targetOf(id: string, { title }: DashboardContent) {
  return { kind: 'dashboard', id, name: title };
}
