import { setTimeout as delay } from 'node:timers/promises';
import type { Accounts } from '@aegisguard/accounts';
import { AegisError, type OrgId } from '@aegisguard/model';
import type { Logger } from 'pino';
import { RecentMap } from '../platform/recent-map.ts';

/** What a thread needs to scrub an organization's records. Plain data: it crosses threads. */
export interface OrgPrivacy {
  /** Of the policy; another policy has another version. */
  readonly version: number;
  /** JSON of the `PrivacyPolicy`: it goes along with every batch, and a large one crosses as a text in less than a tenth of the time that its objects take. */
  readonly policyText: string;
  /** 32 bytes. */
  readonly hashKey: Uint8Array;
}

/** A change of policy must hold within 5 seconds in every process. */
const FRESH_MS = 4_000;
/** While the database is away, the policy that was last read holds this long. */
const KNOWN_MS_MAX = 600_000;
/** How long a batch waits for the database when a policy is known. */
const PATIENCE_MS = 1_000;
const ORGANIZATIONS_MAX = 10_000;

interface Entry {
  known: { readonly privacy: OrgPrivacy; readonly readAtMs: number } | undefined;
  reading: { readonly answer: Promise<OrgPrivacy>; readonly sinceMs: number } | undefined;
  /** Monotonic ms of the last reading that the database did not answer. */
  failedAtMs: number;
}

/** Every organization's policy and key, as the worker needs them with each batch. */
export class PrivacyDirectory {
  private readonly entries = new RecentMap<OrgId, Entry>(ORGANIZATIONS_MAX);

  constructor(
    private readonly accounts: {
      readonly privacy: Pick<Accounts['privacy'], 'read'>;
      privacyHashKey: Accounts['privacyHashKey'];
    },
    private readonly logger: Logger,
    /** Monotonic ms: a clock set back must not make a policy last. */
    private readonly nowMs: () => number,
  ) {}

  /**
   * The policy as of at most 4 seconds ago. While the database does not answer, the one that was last read, for ten minutes. Throws when it is not known, or was changed to one that this version cannot read: nothing is stored under
   * another policy than its own.
   */
  async of(orgId: OrgId): Promise<OrgPrivacy> {
    const entry = this.entryOf(orgId);
    const nowMs = this.nowMs();
    const ageMs = nowMs - (entry.known?.readAtMs ?? Number.NEGATIVE_INFINITY);
    if (entry.known === undefined || ageMs >= KNOWN_MS_MAX) {
      return this.read(orgId, entry);
    }
    const { privacy } = entry.known;
    const isAway = nowMs - entry.failedAtMs < PATIENCE_MS;
    return ageMs < FRESH_MS || isAway ? privacy : this.readOr(privacy, orgId, entry);
  }

  /** What the database says, or what was known when it says nothing for too long. */
  private async readOr(known: OrgPrivacy, orgId: OrgId, entry: Entry): Promise<OrgPrivacy> {
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
  private read(orgId: OrgId, entry: Entry): Promise<OrgPrivacy> {
    if (entry.reading === undefined) {
      const answer = this.readNow(orgId, entry).finally(() => {
        entry.reading = undefined;
      });
      entry.reading = { answer, sinceMs: this.nowMs() };
    }
    return entry.reading.answer;
  }

  private async readNow(orgId: OrgId, entry: Entry): Promise<OrgPrivacy> {
    // As of when it was asked: a change may overtake the answer.
    const readAtMs = this.nowMs();
    try {
      const { policy, version } = await this.accounts.privacy.read(orgId);
      const privacy = { version, policyText: JSON.stringify(policy), hashKey: this.accounts.privacyHashKey(orgId) };
      entry.known = { privacy, readAtMs };
      entry.failedAtMs = Number.NEGATIVE_INFINITY;
      return privacy;
    } catch (error) {
      this.fail(orgId, entry, error);
      throw error;
    }
  }

  private fail(orgId: OrgId, entry: Entry, error: unknown): void {
    if (!isAway(error)) {
      entry.known = undefined;
      return;
    }
    if (entry.failedAtMs === Number.NEGATIVE_INFINITY) {
      this.logger.warn({ err: error, orgId }, 'a privacy policy could not be read');
    }
    entry.failedAtMs = this.nowMs();
  }

  private entryOf(orgId: OrgId): Entry {
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
