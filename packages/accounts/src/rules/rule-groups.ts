import { isDeepStrictEqual } from 'node:util';
import { AegisError, type OrgId, RULE_GROUPS_MAX, RULES_MAX, type RuleGroupRequest } from '@aegisguard/model';
import type { Actor } from '../actor.ts';
import { lockOrganization } from '../authority.ts';
import { type Changes, notFound } from '../changes.ts';
import type { Database, PrismaTransaction } from '../database.ts';
import { Prisma, type RuleGroup as RuleGroupRow } from '../generated/client.ts';
import { isId, newId } from '../new-id.ts';
import { parseName } from '../organizations.ts';
import { nextDue } from './rule-slots.ts';
import { type StoredRuleGroup, settingsOf, toStoredGroup } from './stored-rule-group.ts';

/** What an import did, by name. */
export interface ImportedGroups {
  readonly created: readonly string[];
  readonly updated: readonly string[];
}

/** Of an organization's rules as JSON: all of them are exported, and shown to clients of Prometheus's, at once. */
const RULES_BYTES_MAX = 2_000_000;

/** Groups of recording rules. Changes of one organization come one after the other. */
export class RuleGroups {
  readonly #database: Database;
  readonly #changes: Changes;
  readonly #now: () => number;

  constructor(database: Database, changes: Changes, now: () => number) {
    this.#database = database;
    this.#changes = changes;
    this.#now = now;
  }

  /** A page by name, after the last name of the page before. */
  async list(
    orgId: OrgId,
    { limit, after }: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<{ readonly items: readonly StoredRuleGroup[]; readonly next: string | null }> {
    const rows = await this.#database.prisma((prisma) =>
      prisma.ruleGroup.findMany({
        where: { orgId, ...(after === undefined ? {} : { name: { gt: after } }) },
        orderBy: { name: 'asc' },
        take: limit + 1,
      }),
    );
    const items = rows.slice(0, limit).map(toStoredGroup);
    return { items, next: rows.length > limit ? (items.at(-1)?.name ?? null) : null };
  }

  /** All of them; there are at most `RULE_GROUPS_MAX`. */
  async all(orgId: OrgId): Promise<readonly StoredRuleGroup[]> {
    return (await this.list(orgId, { limit: RULE_GROUPS_MAX })).items;
  }

  /** One group; `not-found` for any other. */
  async find(orgId: OrgId, groupId: string): Promise<StoredRuleGroup> {
    return toStoredGroup(await this.#database.prisma((prisma) => findRow(prisma, orgId, groupId)));
  }

  /** Makes a group; `already-exists` for a name that is taken. What its rules say is the caller's to check. */
  create(orgId: OrgId, by: Actor, settings: RuleGroupRequest): Promise<StoredRuleGroup> {
    return this.#changes.of(orgId, by, async (prisma) => {
      await lockOrganization(prisma, orgId);
      await demandFreeName(prisma, orgId, settings.name);
      const row = await this.#insert(prisma, orgId, settings);
      await demandRoom(prisma, orgId);
      return {
        result: toStoredGroup(row),
        change: { action: 'rule.create', target: targetOf(row), after: settingsOf(row) },
      };
    });
  }

  /** Changes a group. Its next evaluation is at its next slot, and what became of the earlier ones is forgotten. */
  update(orgId: OrgId, by: Actor, groupId: string, settings: RuleGroupRequest): Promise<StoredRuleGroup> {
    return this.#changes.of(orgId, by, async (prisma) => {
      await lockOrganization(prisma, orgId);
      const before = await findRow(prisma, orgId, groupId);
      await demandFreeName(prisma, orgId, settings.name, groupId);
      const after = await this.#update(prisma, before, settings);
      if (after === undefined) {
        return { result: toStoredGroup(before), change: null };
      }
      await demandRoom(prisma, orgId);
      return {
        result: toStoredGroup(after),
        change: {
          action: 'rule.update',
          target: targetOf(after),
          before: settingsOf(before),
          after: settingsOf(after),
        },
      };
    });
  }

  /** Deletes a group. */
  remove(orgId: OrgId, by: Actor, groupId: string): Promise<void> {
    return this.#changes.of(orgId, by, async (prisma) => {
      await lockOrganization(prisma, orgId);
      const row = await findRow(prisma, orgId, groupId);
      await prisma.ruleGroup.delete({ where: { id: groupId } });
      return {
        result: undefined,
        change: { action: 'rule.delete', target: targetOf(row), before: settingsOf(row) },
      };
    });
  }

  /** Makes groups, or gives those of the same name these settings; whether one is enabled stays as it is. */
  import(orgId: OrgId, by: Actor, groups: readonly RuleGroupRequest[]): Promise<ImportedGroups> {
    return this.#changes.of(orgId, by, async (prisma) => {
      await lockOrganization(prisma, orgId);
      const rows = await prisma.ruleGroup.findMany({ where: { orgId } });
      const known = new Map(rows.map((row) => [row.name, row]));
      const created: string[] = [];
      const updated: string[] = [];
      for (const settings of groups) {
        const row = known.get(parseName(settings.name));
        if (row === undefined) {
          created.push((await this.#insert(prisma, orgId, settings)).name);
        } else if ((await this.#update(prisma, row, { ...settings, enabled: row.enabled })) !== undefined) {
          updated.push(row.name);
        }
      }
      await demandRoom(prisma, orgId);
      const result = { created, updated };
      const target = { kind: 'recording rules', id: null, name: null };
      const isChanged = created.length + updated.length > 0;
      return { result, change: isChanged ? { action: 'rule.import', target, after: result } : null };
    });
  }

  #insert(prisma: PrismaTransaction, orgId: OrgId, settings: RuleGroupRequest): Promise<RuleGroupRow> {
    const nowMs = this.#now();
    const now = new Date(nowMs);
    const id = newId(nowMs);
    const dueAt = nextDue(id, settings.intervalSeconds, nowMs);
    const data = { id, orgId, ...columnsOf(settings), createdAt: now, updatedAt: now, missed: 0, dueAt };
    return prisma.ruleGroup.create({ data });
  }

  async #update(
    prisma: PrismaTransaction,
    row: RuleGroupRow,
    settings: RuleGroupRequest,
  ): Promise<RuleGroupRow | undefined> {
    if (isDeepStrictEqual(settingsOf(row), { ...settings, name: parseName(settings.name) })) {
      return undefined;
    }
    const nowMs = this.#now();
    const dueAt = nextDue(row.id, settings.intervalSeconds, nowMs);
    const state = { outcome: Prisma.DbNull, missed: 0, dueAt, updatedAt: new Date(nowMs) };
    return prisma.ruleGroup.update({ where: { id: row.id }, data: { ...columnsOf(settings), ...state } });
  }
}

function columnsOf({ name, limit, ...same }: RuleGroupRequest) {
  return { name: parseName(name), seriesLimit: limit, ...same };
}

function targetOf({ id, name }: RuleGroupRow) {
  return { kind: 'rule group', id, name };
}

type Reading = Pick<PrismaTransaction, 'ruleGroup'>;

async function findRow(prisma: Reading, orgId: OrgId, groupId: string): Promise<RuleGroupRow> {
  const row = isId(groupId) ? await prisma.ruleGroup.findFirst({ where: { id: groupId, orgId } }) : null;
  if (row === null) {
    throw notFound('group of recording rules');
  }
  return row;
}

async function demandFreeName(prisma: Reading, orgId: OrgId, wanted: string, groupId?: string): Promise<void> {
  const row = await prisma.ruleGroup.findFirst({ where: { orgId, name: parseName(wanted) }, select: { id: true } });
  if (row !== null && row.id !== groupId) {
    const message = 'There is a group of this name already.';
    throw new AegisError('already-exists', { detail: message, members: { errors: [{ path: '/name', message }] } });
  }
}

/** Afterwards, in the same transaction: what is too much is undone by it. */
async function demandRoom(prisma: PrismaTransaction, orgId: OrgId): Promise<void> {
  const [counts] = await prisma.$queryRaw<{ groups: number; rules: number; bytes: number }[]>`
    SELECT count(*)::int AS groups, coalesce(sum(jsonb_array_length(rules)), 0)::int AS rules,
           coalesce(sum(octet_length(rules::text)), 0)::int AS bytes
    FROM public.rule_groups WHERE org_id = ${orgId}::uuid`;
  const bounds = [
    [counts?.groups ?? 0, RULE_GROUPS_MAX, 'groups of recording rules'],
    [counts?.rules ?? 0, RULES_MAX, 'recording rules'],
    [counts?.bytes ?? 0, RULES_BYTES_MAX, 'bytes of recording rules'],
  ] as const;
  for (const [count, limit, what] of bounds) {
    if (count > limit) {
      throw new AegisError('invalid-request', {
        detail: `An organization has at most ${limit} ${what}.`,
        members: { limit },
      });
    }
  }
}
