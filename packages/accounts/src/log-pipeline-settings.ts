import { AegisError, LogPipelines, NO_LOG_PIPELINES, type OrgId } from '@aegisguard/model';
import type { Actor } from './actor.ts';
import type { Changes } from './changes.ts';
import type { Database } from './database.ts';
import { demandStorableTexts } from './demand-storable-texts.ts';

/** An organization's pipelines as of one moment. */
export interface StoredLogPipelines {
  readonly pipelines: LogPipelines;
  /** Grows with every change; 0 for an organization that has set nothing. */
  readonly version: number;
  readonly updatedAt: Date | null;
}

/** What organizations want done with their logs. */
export class LogPipelineSettings {
  readonly #database: Database;
  readonly #changes: Changes;
  readonly #now: () => number;

  constructor(database: Database, changes: Changes, now: () => number) {
    this.#database = database;
    this.#changes = changes;
    this.#now = now;
  }

  /**
   * The organization's pipelines; none where it has set none, or where there is no such organization any more. What this version cannot read, which a newer one may have written, is `internal`: under other rules
   * something could be stored that is to be dropped, or the other way round.
   */
  async read(orgId: OrgId): Promise<StoredLogPipelines> {
    const row = await this.#database.prisma((prisma) =>
      prisma.organization.findUnique({
        where: { id: orgId },
        select: { logPipelines: true, logPipelinesVersion: true, logPipelinesUpdatedAt: true },
      }),
    );
    return {
      pipelines: row?.logPipelines == null ? NO_LOG_PIPELINES : parseStored(orgId, row.logPipelines),
      version: row?.logPipelinesVersion ?? 0,
      updatedAt: row?.logPipelinesUpdatedAt ?? null,
    };
  }

  /** Replaces what was read as `version`; `conflict` when it has been changed since, `not-found` when there is no such organization. */
  async replace(orgId: OrgId, by: Actor, pipelines: LogPipelines, version: number): Promise<StoredLogPipelines> {
    demandStorableTexts(pipelines, 'pipelines');
    const updatedAt = new Date(this.#now());
    const data = {
      logPipelines: pipelines as object,
      logPipelinesVersion: version + 1,
      logPipelinesUpdatedAt: updatedAt,
    };
    await this.#changes.of(orgId, by, async (prisma) => {
      const before = await prisma.organization.findUnique({ where: { id: orgId }, select: { logPipelines: true } });
      const where = { id: orgId, logPipelinesVersion: version };
      const { count } = await prisma.organization.updateMany({ where, data });
      if (count === 0) {
        throw (await prisma.organization.count({ where: { id: orgId } })) === 0
          ? new AegisError('not-found')
          : new AegisError('conflict', { detail: 'The pipelines were changed since they were read. Read them again.' });
      }
      const change = {
        action: 'pipelines.update' as const,
        target: { kind: 'log pipelines', id: null, name: null },
        before: { pipelines: before?.logPipelines ?? null },
        after: { pipelines: pipelines as object },
      };
      return { result: undefined, change };
    });
    return { pipelines, version: version + 1, updatedAt };
  }
}

function parseStored(orgId: OrgId, stored: unknown): LogPipelines {
  const parsed = LogPipelines.safeParse(stored);
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new AegisError('internal', {
      internal: `the log pipelines of organization ${orgId} are not in a form that this version can read (at ${where})`,
    });
  }
  return parsed.data;
}
