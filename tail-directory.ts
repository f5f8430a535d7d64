import type { OrgId } from '@aegisguard/model';
import { SILENCE_MS_MAX } from './driver.ts';

/** What a process says of itself: its tails' queries by organization. */
export type Announcement = readonly (readonly [OrgId, readonly string[]])[];

interface Known {
  /** What it said last. */
  readonly text: string;
  readonly tails: Announcement;
  heardAtMs: number;
}

const NOBODY: ReadonlyMap<string, readonly string[]> = new Map();

/** Which process has which tails, as they said themselves. Times are monotonic ms. */
export class TailDirectory {
  readonly #processes = new Map<string, Known>();
  /** By organization and query: the processes. Made anew after a change, since changes are rare and questions are not. */
  #byOrg = new Map<OrgId, Map<string, string[]>>();

  /** Takes in what a process said; `text` is the same as before where nothing changed. */
  hear(processId: string, text: string, parse: (text: string) => Announcement, nowMs: number): void {
    const known = this.#processes.get(processId);
    if (known?.text === text) {
      known.heardAtMs = nowMs;
      return;
    }
    const tails = parse(text);
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

  /** The queries of an organization, and who has a tail of each. */
  of(orgId: OrgId): ReadonlyMap<string, readonly string[]> {
    return this.#byOrg.get(orgId) ?? NOBODY;
  }

  #index(): void {
    this.#byOrg = new Map();
    for (const [processId, { tails }] of this.#processes) {
      for (const [orgId, queries] of tails) {
        const byQuery = this.#byOrg.get(orgId) ?? new Map<string, string[]>();
        this.#byOrg.set(orgId, byQuery);
        for (const query of queries) {
          byQuery.set(query, [...(byQuery.get(query) ?? []), processId]);
        }
      }
    }
  }
}
