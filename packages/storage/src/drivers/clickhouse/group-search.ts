import { AegisError, type OrgId } from '@aegisguard/model';
import { type Density, windowBefore } from './density.ts';
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
  /** What is asked of groups besides, of their ids; and, as conditions over all their records, of the whole. */
  readonly groupConditions?: readonly string[];
  readonly having?: readonly string[];
  readonly range: SearchWindow;
  /** How matching records are spread over the range, as far as that is known. */
  readonly density: Density;
  /** A bound on the time of the groups' records that no window changes, so that a group's key is the same on every page. */
  readonly horizon: string;
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
  const { range, wanted, density } = search;
  let found: readonly FoundGroup[] = [];
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
    const inWindow = answer.rows.map(([id, key]) => ({ hexId: String(id), key: BigInt(String(key)) }));
    const all = new Map([...found, ...inWindow].map((group) => [group.hexId, group]));
    found = firstGroups(all.values(), wanted);
    if (search.isKeyStart && found.filter(({ key }) => key >= window.start).length >= wanted) {
      break;
    }
    end = window.start;
    target *= growth;
  }
  return found;
}

/** The answer, or undefined when it was too large. */
export async function fitting<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AegisError && error.code === 'query-too-large') {
      return undefined;
    }
    throw error;
  }
}

/** The first groups of those found, in their order. */
export function firstGroups(found: Iterable<FoundGroup>, count: number): readonly FoundGroup[] {
  return [...found]
    .sort((a, b) => (a.key === b.key ? (a.hexId < b.hexId ? 1 : -1) : a.key < b.key ? 1 : -1))
    .slice(0, count);
}

function windowQuery(orgId: OrgId, search: GroupSearch, window: SearchWindow): string {
  const { table, idColumn, condition, groupConditions = [], horizon, key, after, wanted } = search;
  const org = orgCondition(orgId);
  const ids = `SELECT ${idColumn} FROM ${table} WHERE ${org} AND ${timeCondition(window.start, window.end)} AND ${condition}`;
  const place = after && `(sort_key, ${idColumn}) < (toUInt64('${after.key}'), ${after.idLiteral})`;
  const having = [...(place === undefined ? [] : [place]), ...(search.having ?? [])].join(' AND ');
  const groups = [`${idColumn} IN (${ids})`, ...groupConditions].join(' AND ');
  return `SELECT lower(hex(${idColumn})), toString(${key} AS sort_key) FROM ${table} WHERE ${org} AND ${horizon} AND ${groups} GROUP BY ${idColumn}${having && ` HAVING ${having}`} ORDER BY sort_key DESC, ${idColumn} DESC LIMIT ${wanted}`;
}
