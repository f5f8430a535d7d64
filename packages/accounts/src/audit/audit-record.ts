import type { OrgId } from '@aegisguard/model';
import type { Actor } from '../actor.ts';
import type { Changes } from '../changes.ts';
import type { Change } from './audit-trail.ts';

/** The audit log, for mutations that are not of the accounts' database. */
export class AuditRecord {
  readonly #changes: Changes;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  /** Writes an entry. To be called before the act: a crash between the two leaves an entry without act, never an act without entry. */
  async record(orgId: OrgId, by: Actor, change: Change): Promise<void> {
    await this.#changes.of(orgId, by, async () => ({ result: undefined, change }));
  }
}
