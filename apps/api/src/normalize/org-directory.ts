import { setTimeout as delay } from 'node:timers/promises';
import { AegisError, type OrgId } from '@aegisguard/model';
import type { Logger } from 'pino';
import { RecentMap } from '../platform/recent-map.ts';

/** A change must hold within 5 seconds in every process. */
const FRESH_MS = 4_000;
/** While the database is away, what was last read holds this long. */
const KNOWN_MS_MAX = 600_000;
/** How long a batch waits for the database when something is known. */
const PATIENCE_MS = 1_000;
const ORGANIZATIONS_MAX = 10_000;

interface Entry<Value> {
  known: { readonly value: Value; readonly readAtMs: number } | undefined;
  reading: { readonly answer: Promise<Value>; readonly sinceMs: number } | undefined;
  /** Monotonic ms of the last reading that the database did not answer. */
  failedAtMs: number;
}

/** Something that every organization has set, as the worker needs it with each batch. */
export class OrgDirectory<Value> {
  private readonly entries = new RecentMap<OrgId, Entry<Value>>(ORGANIZATIONS_MAX);

  constructor(
    /** What it is called in the log. */
    private readonly what: string,
    private readonly readOf: (orgId: OrgId) => Promise<Value>,
    private readonly logger: Logger,
    /** Monotonic ms: a clock set back must not make a setting last. */
    private readonly nowMs: () => number,
  ) {}

  /**
   * What is set as of at most 4 seconds ago. While the database does not answer, what was last read, for ten minutes. Throws when it is not known, or was changed to something that this version cannot read: nothing is stored under
   * another setting than its organization's.
   */
  async of(orgId: OrgId): Promise<Value> {
    const entry = this.entryOf(orgId);
    const nowMs = this.nowMs();
    const ageMs = nowMs - (entry.known?.readAtMs ?? Number.NEGATIVE_INFINITY);
    if (entry.known === undefined || ageMs >= KNOWN_MS_MAX) {
      return this.read(orgId, entry);
    }
    const { value } = entry.known;
    const isAway = nowMs - entry.failedAtMs < PATIENCE_MS;
    return ageMs < FRESH_MS || isAway ? value : this.readOr(value, orgId, entry);
  }

  /** What the database says, or what was known when it says nothing for too long. */
  private async readOr(known: Value, orgId: OrgId, entry: Entry<Value>): Promise<Value> {
    const leftMs = entry.reading === undefined ? PATIENCE_MS : entry.reading.sinceMs + PATIENCE_MS - this.nowMs();
    if (leftMs <= 0) {
      return known;
    }
    const ended = new AbortController();
    const patience = delay(leftMs, known, { signal: ended.signal }).catch(() => known);
    try {
      return await Promise.race([this.read(orgId, entry), patience]);
    } catch (error) {
      if (isAway(error)) {
        return known;
      }
      throw error;
    } finally {
      ended.abort();
    }
  }

  /** One reading at a time of each organization; whoever asks meanwhile shares it. */
  private read(orgId: OrgId, entry: Entry<Value>): Promise<Value> {
    if (entry.reading === undefined) {
      const answer = this.readNow(orgId, entry).finally(() => {
        entry.reading = undefined;
      });
      entry.reading = { answer, sinceMs: this.nowMs() };
    }
    return entry.reading.answer;
  }

  private async readNow(orgId: OrgId, entry: Entry<Value>): Promise<Value> {
    // As of when it was asked: a change may overtake the answer.
    const readAtMs = this.nowMs();
    try {
      const value = await this.readOf(orgId);
      entry.known = { value, readAtMs };
      entry.failedAtMs = Number.NEGATIVE_INFINITY;
      return value;
    } catch (error) {
      this.fail(orgId, entry, error);
      throw error;
    }
  }

  private fail(orgId: OrgId, entry: Entry<Value>, error: unknown): void {
    if (!isAway(error)) {
      entry.known = undefined;
      return;
    }
    if (entry.failedAtMs === Number.NEGATIVE_INFINITY) {
      this.logger.warn({ err: error, orgId }, `${this.what} could not be read`);
    }
    entry.failedAtMs = this.nowMs();
  }

  private entryOf(orgId: OrgId): Entry<Value> {
    const entry = this.entries.get(orgId) ?? {
      known: undefined,
      reading: undefined,
      failedAtMs: Number.NEGATIVE_INFINITY,
    };
    this.entries.set(orgId, entry);
    return entry;
  }
}

/** Whether the database did not answer, rather than said something that is of no use. */
function isAway(error: unknown): boolean {
  return error instanceof AegisError && error.code === 'unavailable';
}
