import type { OrgId } from '@aegisguard/model';
import type { OnCatch, TailCatch } from './driver.ts';

const NONE: readonly string[] = [];

/** The tails of one process by organization and query. */
export class TailListeners {
  readonly #byOrg = new Map<OrgId, Map<string, Set<OnCatch>>>();
  readonly #queries = new Map<OrgId, readonly string[]>();

  /** Whether the query is a new one. */
  add(orgId: OrgId, query: string, onCatch: OnCatch): boolean {
    const queries = this.#byOrg.get(orgId) ?? new Map<string, Set<OnCatch>>();
    this.#byOrg.set(orgId, queries);
    const listeners = queries.get(query) ?? new Set();
    const isNew = listeners.size === 0;
    queries.set(query, listeners.add(onCatch));
    if (isNew) {
      this.#queries.set(orgId, [...queries.keys()]);
    }
    return isNew;
  }

  /** Whether it was the last one of the query. */
  remove(orgId: OrgId, query: string, onCatch: OnCatch): boolean {
    const queries = this.#byOrg.get(orgId);
    const listeners = queries?.get(query);
    if (queries === undefined || listeners?.delete(onCatch) !== true || listeners.size > 0) {
      return false;
    }
    queries.delete(query);
    if (queries.size === 0) {
      this.#byOrg.delete(orgId);
      this.#queries.delete(orgId);
    } else {
      this.#queries.set(orgId, [...queries.keys()]);
    }
    return true;
  }

  queriesOf(orgId: OrgId): readonly string[] {
    return this.#queries.get(orgId) ?? NONE;
  }

  /** Every organization's. */
  all(): readonly (readonly [OrgId, readonly string[]])[] {
    return [...this.#queries];
  }

  deliver(orgId: OrgId, caught: TailCatch): void {
    for (const onCatch of this.#byOrg.get(orgId)?.get(caught.query) ?? []) {
      onCatch(caught);
    }
  }

  clear(): void {
    this.#byOrg.clear();
    this.#queries.clear();
  }
}
