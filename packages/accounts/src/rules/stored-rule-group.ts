import type { RecordingRule, RuleGroupRequest, RuleHealth } from '@aegisguard/model';
import type { RuleGroup as RuleGroupRow } from '../generated/client.ts';

/** What became of one rule of an evaluation. */
export interface RuleOutcome {
  readonly health: Exclude<RuleHealth, 'unknown'>;
  readonly error: string | null;
  readonly durationMs: number;
  readonly samples: number;
}

/** What became of a group's evaluation; one of `rules` for each of the group's. */
export interface GroupOutcome {
  /** The time that it was evaluated for, Unix ms. */
  readonly slotMs: number;
  readonly durationMs: number;
  readonly rules: readonly RuleOutcome[];
}

/** A group as it is kept. */
export interface StoredRuleGroup extends RuleGroupRequest {
  readonly id: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Null before the first evaluation since the last change. */
  readonly outcome: GroupOutcome | null;
  readonly missed: number;
}

/** The row's columns of what people set. */
export function settingsOf(row: RuleGroupRow): RuleGroupRequest {
  const { name, intervalSeconds, seriesLimit, rules, enabled } = row;
  return { name, intervalSeconds, limit: seriesLimit, rules: rules as unknown as RecordingRule[], enabled };
}

/** The row as a group. */
export function toStoredGroup(row: RuleGroupRow): StoredRuleGroup {
  const { id, createdAt, updatedAt, outcome, missed } = row;
  return {
    ...settingsOf(row),
    id,
    createdAt,
    updatedAt,
    outcome: outcome as unknown as GroupOutcome | null,
    missed,
  };
}
