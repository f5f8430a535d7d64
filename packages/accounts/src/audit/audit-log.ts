import { AegisError, type AuditAction, type OrgId } from '@aegisguard/model';
import type { Actor } from '../actor.ts';
import type { Changes } from '../changes.ts';
import type { Database } from '../database.ts';
import { TaskGate } from '../task-gate.ts';
import type { AuditChain } from './audit-chain.ts';
import { AUDIT_COLUMNS, type AuditEntry, type AuditRow, entryOf } from './audit-row.ts';
import type { Change } from './audit-trail.ts';
import { type ChainVerdict, verifyChain } from './verify-chain.ts';

/** Which entries are wanted; absent members select all. */
export interface AuditFilter {
  readonly from?: Date | undefined;
  /** Exclusive. */
  readonly to?: Date | undefined;
  readonly action?: AuditAction | undefined;
  /** A person's or key's id. */
  readonly actor?: string | undefined;
  /** An object's id. */
  readonly target?: string | undefined;
  /** The entry of this number, and no other. */
  readonly seq?: number | undefined;
  /** Looked for in names of actors and targets, whatever the case. */
  readonly text?: string | undefined;
}

/** A page of entries, newest first. */
export interface AuditListing {
  readonly items: readonly AuditEntry[];
  /** `before` of the next page; null on the last one. */
  readonly next: bigint | null;
}

/** Entries of an export in memory at a time. */
const EXPORT_PAGE = 500;
/** A verification holds a connection; the others belong to everybody else. */
const VERIFYING_MAX = 2;
const VERIFYING_WAIT_MAX = 20;
/** A million entries take about 45 s of processor time. */
const VERIFY_MS_MAX = 60_000;

/** The audit logs of organizations, as their people read and check them. */
export class AuditLog {
  readonly #database: Database;
  readonly #changes: Changes;
  readonly #chain: AuditChain;
  readonly #now: () => number;
  readonly #verifying = new TaskGate(VERIFYING_MAX, VERIFYING_WAIT_MAX);

  constructor(database: Database, changes: Changes, chain: AuditChain, now: () => number) {
    this.#database = database;
    this.#changes = changes;
    this.#chain = chain;
    this.#now = now;
  }

  /**
   * Writes an entry about a mutation that is not of the accounts' database. To be called before the act: a crash between the two leaves an entry without act, never an act without entry.
   */
  async record(orgId: OrgId, by: Actor, change: Change): Promise<void> {
    await this.#changes.of(orgId, by, async () => ({ result: undefined, change }));
  }

  /** Entries that pass the filter, newest first; with `before`, only those of lower numbers. */
  async list(orgId: OrgId, filter: AuditFilter, limit: number, before?: bigint): Promise<AuditListing> {
    const { where, values } = conditions(orgId, filter, before === undefined ? [] : [['seq <', String(before)]]);
    const rows = await this.#database.rows<AuditRow>(
      `SELECT ${AUDIT_COLUMNS} FROM public.audit_entries WHERE ${where} ORDER BY audit_entries.seq DESC LIMIT ${limit + 1}`,
      values,
    );
    const items = rows.slice(0, limit).map(entryOf);
    return { items, next: rows.length > limit ? (items.at(-1)?.seq ?? null) : null };
  }

  /** Entries that pass the filter, oldest first, page by page; a connection is held for no longer than a page is read. Ends with what was there when it began. */
  async *export(orgId: OrgId, filter: AuditFilter): AsyncGenerator<readonly AuditEntry[]> {
    const [end] = await this.#database.rows<{ seq: string | null }>(
      'SELECT max(seq)::text AS seq FROM public.audit_entries WHERE org_id = $1',
      [orgId],
    );
    let after = '0';
    for (;;) {
      const { where, values } = conditions(orgId, filter, [
        ['seq >', after],
        ['seq <=', end?.seq ?? '0'],
      ]);
      const rows = await this.#database.rows<AuditRow>(
        `SELECT ${AUDIT_COLUMNS} FROM public.audit_entries WHERE ${where} ORDER BY audit_entries.seq LIMIT ${EXPORT_PAGE}`,
        values,
      );
      if (rows.length > 0) {
        yield rows.map(entryOf);
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < EXPORT_PAGE) {
        return;
      }
      after = last.seq;
    }
  }

  /** Whether the chain is whole, or its first broken link; `query-timeout` when it is too long for a minute. Ends when the signal says so. */
  verify(orgId: OrgId, signal?: AbortSignal): Promise<ChainVerdict> {
    return this.#verifying.run(() => {
      const endMs = this.#now() + VERIFY_MS_MAX;
      const pause = () => {
        signal?.throwIfAborted();
        if (this.#now() > endMs) {
          throw new AegisError('query-timeout', { detail: 'The audit log is too long to be verified in one request.' });
        }
      };
      return this.#database.snapshot((read) => verifyChain(read, this.#chain, orgId, pause));
    });
  }
}

/** The conditions of a question; `more` are comparisons with texts. */
function conditions(
  orgId: OrgId,
  { from, to, action, actor, target, seq, text }: AuditFilter,
  more: readonly (readonly [comparison: string, value: string])[],
): { readonly where: string; readonly values: readonly unknown[] } {
  const wanted: readonly (readonly [comparison: string, value: unknown])[] = [
    ['org_id =', orgId],
    ...more,
    ['at >=', from],
    ['at <', to],
    ['action =', action],
    ['actor_id =', actor],
    ['target_id =', target],
    ['seq =', seq],
    ["concat_ws(E'\\n', actor_name, target_name) ILIKE", text === undefined ? undefined : `%${escapeLike(text)}%`],
  ];
  const given = wanted.filter(([, value]) => value !== undefined);
  return {
    where: given.map(([comparison], at) => `${comparison} $${at + 1}`).join(' AND '),
    values: given.map(([, value]) => value),
  };
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
