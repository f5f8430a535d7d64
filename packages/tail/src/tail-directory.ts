import type { OrgId } from '@aegisguard/model';
import { SILENCE_MS_MAX } from './driver.ts';

/** What a process says of itself: its tails' queries by organization. */
type Announcement = readonly (readonly [OrgId, readonly string[]])[];

interface Known {
  /** What it said last. */
  readonly text: string;
  readonly tails: Announcement;
  heardAtMs: number;
}

/** An organization's tails in all processes. */
interface OrgTails {
  /** Each query once. */
  readonly queries: readonly string[];
  /** Who has a tail of the query. */
  readonly processesOf: ReadonlyMap<string, readonly string[]>;
}

const NO_TAILS: OrgTails = { queries: [], processesOf: new Map() };

/** Which process has which tails, as they said themselves. Times are monotonic ms. */
export class TailDirectory {
  readonly #processes = new Map<string, Known>();
  /** Made anew after a change, since changes are rare and questions are not. */
  #byOrg: ReadonlyMap<OrgId, OrgTails> = new Map();

  /** Takes in what a process said, the JSON of an `Announcement`: mostly the same text as before. */
  hear(processId: string, text: string, nowMs: number): void {
    const known = this.#processes.get(processId);
    if (known?.text === text) {
      known.heardAtMs = nowMs;
      return;
    }
    const tails = JSON.parse(text) as Announcement;
    if (tails.length === 0) {
      this.#processes.delete(processId);
    } else {
      this.#processes.set(processId, { text, tails, heardAtMs: nowMs });
    }
    this.#index();
  }

  /** Forgets processes that have been silent for too long. */
  sweep(nowMs: number): void {
    const silent = [...this.#processes].filter(([, { heardAtMs }]) => nowMs - heardAtMs >= SILENCE_MS_MAX);
    for (const [processId] of silent) {
      this.#processes.delete(processId);
    }
    if (silent.length > 0) {
      this.#index();
    }
  }

  of(orgId: OrgId): OrgTails {
    return this.#byOrg.get(orgId) ?? NO_TAILS;
  }

  #index(): void {
    const byOrg = new Map<OrgId, Map<string, string[]>>();
    for (const [processId, { tails }] of this.#processes) {
      for (const [orgId, queries] of tails) {
        const processesOf = byOrg.get(orgId) ?? new Map<string, string[]>();
        byOrg.set(orgId, processesOf);
        for (const query of queries) {
          processesOf.set(query, [...(processesOf.get(query) ?? []), processId]);
        }
      }
    }
    this.#byOrg = new Map(
      [...byOrg].map(([orgId, processesOf]) => [orgId, { queries: [...processesOf.keys()], processesOf }]),
    );
  }
}
