import { type OrgId, parseOrgId, type RecordingRule } from '@aegisguard/model';
import type { Database } from '../database.ts';
import { newId } from '../new-id.ts';
import { nextDue, SETTLE_MS, slotAt } from './rule-slots.ts';
import type { GroupOutcome } from './stored-rule-group.ts';

/** A group that a process is to evaluate now. */
export interface RuleLease {
  readonly groupId: string;
  readonly orgId: OrgId;
  readonly name: string;
  /** The time to evaluate for, Unix ms. */
  readonly slotMs: number;
  /** Slots before it that nobody evaluated. */
  readonly missed: number;
  readonly intervalSeconds: number;
  readonly seriesLimit: number;
  readonly rules: readonly RecordingRule[];
  /** Days that the organization keeps metrics. */
  readonly retentionDays: number;
  /** Tells whether the group was changed meanwhile. */
  readonly updatedAt: Date;
}

/** How long an evaluation may take; a process that takes longer is taken for dead. */
const EVALUATION_MS = 90_000;
/** So long after the next evaluation is due, another process takes it: it stays with one that lives, which remembers what it stored. */
const AFFINITY_MS = 10_000;

/** Nothing is due, or leased, longer ahead than its interval and this; what is was written by a clock that went wrong, and counts as now. */
const AHEAD_SECONDS_MAX = 150;

/** $1: process, $2: end of its lease, $3: now, $4: organizations to leave out. */
const CLAIM_SQL = `
  UPDATE public.rule_groups g SET lease_id = $1, leased_until = $2
  FROM public.organizations o
  WHERE o.id = g.org_id AND g.id = (
    SELECT id FROM public.rule_groups
    WHERE enabled AND org_id <> ALL($4::uuid[])
      AND (due_at <= $3::timestamptz OR due_at > $3 + make_interval(secs => interval_seconds + ${AHEAD_SECONDS_MAX}))
      AND (leased_until IS NULL OR lease_id = $1 OR leased_until <= $3
           OR leased_until > $3 + make_interval(secs => interval_seconds + ${AHEAD_SECONDS_MAX}))
    ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING g.id AS "groupId", g.org_id AS "orgId", g.name, g.interval_seconds AS "intervalSeconds", g.due_at AS "dueAt",
            g.series_limit AS "seriesLimit", g.rules, o.metrics_retention_days AS "retentionDays", g.updated_at AS "updatedAt"`;

/** $1: group, $2: process, $3: when it was changed last, $4: outcome, $5: slots left out, $6: next evaluation, $7: end of the lease. */
const FINISH_SQL = `
  UPDATE public.rule_groups SET outcome = $4::jsonb, missed = missed + $5, due_at = $6, leased_until = $7
  WHERE id = $1 AND lease_id = $2 AND updated_at = $3`;

/** $1: groups, $2: process. */
const FATES_SQL = `
  SELECT id, CASE WHEN NOT enabled THEN 'over' WHEN lease_id = $2 THEN 'here' ELSE 'elsewhere' END AS fate
  FROM public.rule_groups WHERE id = ANY($1::uuid[])`;

type ClaimedRow = Omit<RuleLease, 'orgId' | 'slotMs' | 'missed'> & { readonly orgId: string; readonly dueAt: Date };

/** Which groups are due, for processes that evaluate them: each group is evaluated by one at a time, and by the same one again as long as that lives. */
export class RuleSchedule {
  readonly #database: Database;
  readonly #now: () => number;
  readonly #processId: string;

  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
    this.#processId = newId(now());
  }

  /** Takes the group that has been due for the longest, but of none of `busy`, which are the organizations that this process is evaluating a group of; undefined when none is due. It must be given to `finish`. */
  async claim(busy: readonly OrgId[]): Promise<RuleLease | undefined> {
    const nowMs = this.#now();
    const values = [this.#processId, new Date(nowMs + EVALUATION_MS), new Date(nowMs), busy];
    const [row] = await this.#database.rows<ClaimedRow>(CLAIM_SQL, values);
    if (row === undefined) {
      return undefined;
    }
    const { orgId, dueAt, ...same } = row;
    const slotMs = slotAt(row.groupId, row.intervalSeconds, nowMs - SETTLE_MS);
    const missed = Math.max(0, Math.round((slotMs + SETTLE_MS - dueAt.getTime()) / (row.intervalSeconds * 1000)));
    return { ...same, orgId: parseOrgId(orgId), slotMs, missed };
  }

  /** Stores what became of it; nothing, where the group was changed, deleted or taken over meanwhile. */
  async finish(lease: RuleLease, outcome: GroupOutcome): Promise<void> {
    const { groupId, intervalSeconds, missed, slotMs, updatedAt } = lease;
    const dueAt = nextDue(groupId, intervalSeconds, slotMs);
    const leasedUntil = new Date(Math.max(dueAt.getTime(), this.#now()) + AFFINITY_MS);
    const values = [groupId, this.#processId, updatedAt, JSON.stringify(outcome), missed, dueAt, leasedUntil];
    await this.#database.rows(FINISH_SQL, values);
  }

  /** What became of groups that this process evaluated: `here` it does so still, `elsewhere` another one does, `over` nobody; one that was deleted is not there. */
  async fates(groupIds: readonly string[]): Promise<ReadonlyMap<string, 'here' | 'elsewhere' | 'over'>> {
    const rows = await this.#database.rows<{ id: string; fate: 'here' | 'elsewhere' | 'over' }>(FATES_SQL, [
      groupIds,
      this.#processId,
    ]);
    return new Map(rows.map(({ id, fate }) => [id, fate]));
  }

  /** Another process may go on with this one's groups at once. */
  async release(): Promise<void> {
    await this.#database.rows('UPDATE public.rule_groups SET leased_until = NULL WHERE lease_id = $1', [
      this.#processId,
    ]);
  }
}
