import { AegisError, type OrgId } from '@aegisguard/model';
import { readDensity, windowBefore } from './density.ts';
import type { EngineAnswer } from './engine.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import type { SearchWindow } from './search-windows.ts';
import { orgCondition, timeCondition } from './selection-sql.ts';

/** Records that belong together by an id, traces and sessions, are searched for: those with a matching record, ordered by something that all their records together have. */
export interface GroupSearch {
  readonly table: string;
  readonly idColumn: string;
  /** Which records match, and where in time. */
  readonly condition: string;
  readonly range: SearchWindow;
  /** Conditions among them that the projection `counts_by_minute` knows. */
  readonly densityConditions: readonly string[];
  /** A bound on the time of the groups' records that no window changes, so that a group's key is the same on every page. */
  readonly horizon: SearchWindow;
  /** What groups are ordered by, greatest first; ties by id, greatest first. An aggregate of type UInt64. */
  readonly key: string;
  /** Whether the key is the time of the group's first record: then no group of an earlier window comes before one that begins in this one. */
  readonly isKeyStart: boolean;
  /** About how many records the first window should hold. */
  readonly firstTarget: number;
  /** Only groups strictly after this place. */
  readonly after: { readonly key: bigint; readonly idLiteral: string } | undefined;
  readonly wanted: number;
}

/** A group that was found; the id as hexadecimal digits of its bytes. */
export interface FoundGroup {
  readonly hexId: string;
  readonly key: bigint;
}

/** Each window holds this many times the records of the one before. */
const GROWTH = 4;
const SHRINKAGE = 8;
/** A window of so few records that is still too large will not get better. */
const TARGET_MIN = 1_000;

/**
 * Finds the first groups in their order: windows from the newest on. A window's groups are found by their matching records, their keys by the index over ids. Memory is bounded by the
 * query's limits; a window that does not fit is cut.
 */
export async function searchGroups(
  runner: QueryRunner,
  orgId: OrgId,
  search: GroupSearch,
  deadline: Deadline,
  answers: EngineAnswer[],
): Promise<readonly FoundGroup[]> {
  const { range, wanted } = search;
  if (range.start >= range.end) {
    return [];
  }
  const density = await readDensity(runner, search.table, orgId, range, search.densityConditions, deadline);
  answers.push(density.answer);
  const found = new Map<string, FoundGroup>();
  let end: bigint = range.end;
  let target = search.firstTarget;
  let growth = GROWTH;
  while (end > range.start) {
    const window = windowBefore(range, density, end, target);
    const answer = await fitting(runner.run(windowQuery(orgId, search, window), deadline));
    if (answer === undefined) {
      if (target <= TARGET_MIN) {
        throw new AegisError('query-too-large', { internal: 'a window of a search does not fit' });
      }
      target = Math.max(TARGET_MIN, target / SHRINKAGE);
      growth = 1;
      continue;
    }
    answers.push(answer);
    for (const [id, key] of answer.rows) {
      found.set(String(id), { hexId: String(id), key: BigInt(String(key)) });
    }
    keepFirst(found, wanted);
    if (search.isKeyStart && [...found.values()].filter(({ key }) => key >= window.start).length >= wanted) {
      break;
    }
    end = window.start;
    target *= growth;
  }
  return [...found.values()];
}

/** The answer, or undefined when it was too large. */
async function fitting(answer: Promise<EngineAnswer>): Promise<EngineAnswer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AegisError && error.code === 'query-too-large') {
      return undefined;
    }
    throw error;
  }
}

/** Leaves the first groups of those found, in their order. */
function keepFirst(found: Map<string, FoundGroup>, count: number): void {
  const ordered = [...found.values()].sort((a, b) =>
    a.key === b.key ? (a.hexId < b.hexId ? 1 : -1) : a.key < b.key ? 1 : -1,
  );
  found.clear();
  for (const group of ordered.slice(0, count)) {
    found.set(group.hexId, group);
  }
}

function windowQuery(orgId: OrgId, search: GroupSearch, window: SearchWindow): string {
  const { table, idColumn, condition, horizon, key, after, wanted } = search;
  const org = orgCondition(orgId);
  const ids = `SELECT ${idColumn} FROM ${table} WHERE ${org} AND ${timeCondition(window.start, window.end)} AND ${condition}`;
  const having =
    after === undefined ? '' : ` HAVING (sort_key, ${idColumn}) < (toUInt64('${after.key}'), ${after.idLiteral})`;
  return `SELECT lower(hex(${idColumn})), toString(${key} AS sort_key) FROM ${table} WHERE ${org} AND ${timeCondition(horizon.start, horizon.end)} AND ${idColumn} IN (${ids}) GROUP BY ${idColumn}${having} ORDER BY sort_key DESC, ${idColumn} DESC LIMIT ${wanted}`;
}
