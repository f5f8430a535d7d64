import { AegisError, type OrgId } from '@aegisguard/model';
import type { Actor } from './actor.ts';
import type { Change } from './audit/audit-trail.ts';
import type { Changes } from './changes.ts';
import type { Database } from './database.ts';
import { demandStorableTexts } from './demand-storable-texts.ts';

/** A document of an organization as of one moment. */
export interface StoredDocument<Value> {
  readonly value: Value;
  /** Grows with every change; 0 for an organization that has set nothing. */
  readonly version: number;
  readonly updatedAt: Date | null;
}

/** What kind of document it is. */
export interface DocumentKind<Value extends object> {
  /** Of the table of organizations. */
  readonly columns: {
    readonly value: 'logPipelines' | 'privacyPolicy' | 'traceSampling';
    readonly version: 'logPipelinesVersion' | 'privacyVersion' | 'traceSamplingVersion';
    readonly updatedAt: 'logPipelinesUpdatedAt' | 'privacyUpdatedAt' | 'traceSamplingUpdatedAt';
  };
  /** A zod schema. */
  readonly schema: {
    safeParse(stored: unknown):
      | { readonly success: true; readonly data: Value }
      | {
          readonly success: false;
          readonly error: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] };
        };
  };
  /** Of an organization that has set nothing. */
  readonly none: Value;
  readonly action: Change['action'];
  /** `log pipelines`: of what the audit log tells. */
  readonly target: string;
  /** `pipelines`: its member of requests and of audit entries. */
  readonly member: string;
  /** What who was overtaken by another change is told. */
  readonly conflict: string;
}

/** A setting that is replaced as a whole: one document of each organization, which who replaces it must have read. */
export class VersionedDocument<Value extends object> {
  readonly #database: Database;
  readonly #changes: Changes;
  readonly #now: () => number;
  readonly #kind: DocumentKind<Value>;

  constructor(database: Database, changes: Changes, now: () => number, kind: DocumentKind<Value>) {
    this.#database = database;
    this.#changes = changes;
    this.#now = now;
    this.#kind = kind;
  }

  /**
   * The organization's document; `none` where it has set nothing, or where there is no such organization any more. What this version cannot read, which a newer one may have written, is `internal`: under another document
   * something could be kept that is not to be kept, or the other way round.
   */
  async read(orgId: OrgId): Promise<StoredDocument<Value>> {
    const { columns, none } = this.#kind;
    const row = await this.#database.prisma((prisma) =>
      prisma.organization.findUnique({
        where: { id: orgId },
        select: { [columns.value]: true, [columns.version]: true, [columns.updatedAt]: true },
      }),
    );
    const stored = row as Readonly<Record<string, unknown>> | null;
    return {
      value: stored?.[columns.value] == null ? none : this.#parse(orgId, stored[columns.value]),
      version: Number(stored?.[columns.version] ?? 0),
      updatedAt: (stored?.[columns.updatedAt] as Date | null | undefined) ?? null,
    };
  }

  /** Replaces what was read as `version`; `conflict` when it has been changed since, `not-found` when there is no such organization. */
  async replace(orgId: OrgId, by: Actor, value: Value, version: number): Promise<StoredDocument<Value>> {
    const { columns, action, target, member, conflict } = this.#kind;
    demandStorableTexts(value, member);
    const updatedAt = new Date(this.#now());
    const data = { [columns.value]: value, [columns.version]: version + 1, [columns.updatedAt]: updatedAt };
    await this.#changes.of(orgId, by, async (prisma) => {
      const before = await prisma.organization.findUnique({ where: { id: orgId }, select: { [columns.value]: true } });
      const { count } = await prisma.organization.updateMany({
        where: { id: orgId, [columns.version]: version },
        data,
      });
      if (count === 0) {
        throw (await prisma.organization.count({ where: { id: orgId } })) === 0
          ? new AegisError('not-found')
          : new AegisError('conflict', { detail: conflict });
      }
      const beforeValue = (before as Readonly<Record<string, unknown>> | null)?.[columns.value] ?? null;
      const change = {
        action,
        target: { kind: target, id: null, name: null },
        before: { [member]: beforeValue },
        after: { [member]: value },
      } as Change;
      return { result: undefined, change };
    });
    return { value, version: version + 1, updatedAt };
  }

  #parse(orgId: OrgId, stored: unknown): Value {
    const parsed = this.#kind.schema.safeParse(stored);
    if (!parsed.success) {
      const where = parsed.error.issues.map(({ path }) => path.map(String).join('.')).join(', ');
      throw new AegisError('internal', {
        internal: `this version cannot read the ${this.#kind.target} of organization ${orgId} (at ${where})`,
      });
    }
    return parsed.data;
  }
}
