import { type LogSelection, type OrgId, type QueryStats, totalStats } from '@aegisguard/model';
import type { EngineAnswer } from '../engine.ts';
import { isCounted, nativeColumn } from '../label-sql.ts';
import { MESSAGE_BYTES } from '../log-columns.ts';
import type { TableNames } from '../log-table.ts';
import { minuteRanges } from '../minute-ranges.ts';
import type { Deadline, QueryRunner } from '../query-runner.ts';
import { filterCondition, isOfLabelsAlone, orgCondition, timeCondition } from '../selection-sql.ts';
import { sampleCondition } from './row-sample.ts';

/**
 * Groups that a statement keeps: those that come later are left out, not refused. An explorer is better served by the values that it met than by an error.
 * They hold for the SELECT that they stand in.
 */
export const FEW_GROUPS = "max_rows_to_group_by = 50000, group_by_overflow_mode = 'any'";
/** A projection that has `length(message)` is found only while that is not read as a part of the column. */
const BY_PROJECTION = 'optimize_functions_to_subcolumns = 0';
/** Bytes of messages as the projection has them. */
const PROJECTED_BYTES = 'sum(length(message))';

/** How logs are grouped. */
export interface Grouping {
  readonly withBytes?: boolean;
  /** The projection by minutes knows all that is asked for. */
  readonly byMinutes?: boolean;
  /** On top of the selection's. */
  readonly condition?: string;
  /** One granule of so many, and counts multiplied by as much; not by minutes. */
  readonly every?: number;
}

/** One question about an organization's logs: the statements it takes, and what they cost together. */
export class OverviewReading {
  readonly logs: string;
  readonly #runner: QueryRunner;
  readonly #orgId: OrgId;
  readonly #deadline: Deadline;
  readonly #answers: QueryStats[] = [];

  constructor(runner: QueryRunner, { logs }: TableNames, orgId: OrgId, deadline: Deadline) {
    this.logs = logs;
    this.#runner = runner;
    this.#orgId = orgId;
    this.#deadline = deadline;
  }

  get stats(): QueryStats {
    return totalStats(this.#answers);
  }

  async rows(sql: string): Promise<EngineAnswer['rows']> {
    const answer = await this.#runner.run(sql, this.#deadline);
    this.#answers.push(answer);
    return answer.rows;
  }

  async stream(sql: string, onPiece: (piece: Uint8Array) => void): Promise<void> {
    this.#answers.push(await this.#runner.stream(sql, this.#deadline, onPiece));
  }

  /** The condition that a selection is, or a sample of one granule of so many. */
  where(selection: LogSelection, every = 1): string {
    const { start, end } = selection;
    return this.#condition(timeCondition(start, end), selection, every);
  }

  /**
   * Groups with the number of their logs and, when they are asked for, the bytes of their messages: `SELECT g0, …, logs, bytes`, without order. Counted from the projection by minutes where that
   * knows all that is asked, and from the logs of the ragged rest.
   */
  grouped(
    selection: LogSelection,
    keys: readonly string[],
    { withBytes = false, byMinutes = false, condition = '1', every = 1 }: Grouping,
  ): string {
    const names = keys.map((_, place) => `g${place}`);
    const group = names.length === 0 ? '' : ` GROUP BY ${names.join(', ')}`;
    const select = (time: string, bytes: string, settings: string) =>
      `SELECT ${[...keys.map((key, place) => `${key} AS g${place}`), 'count() AS n', `${withBytes ? bytes : '0'} AS b`].join(', ')} FROM ${this.logs} WHERE ${this.#condition(time, selection, every)} AND ${condition}${group} SETTINGS ${settings}`;
    const ranges = byMinutes ? minuteRanges(selection) : undefined;
    const parts =
      ranges === undefined
        ? [select(timeCondition(selection.start, selection.end), MESSAGE_BYTES, FEW_GROUPS)]
        : [
            select(ranges.minutes, PROJECTED_BYTES, `${FEW_GROUPS}, ${BY_PROJECTION}`),
            ...ranges.rest.map((condition) => select(condition, MESSAGE_BYTES, FEW_GROUPS)),
          ];
    return `SELECT ${[...names, `sum(n) * ${every} AS logs`, `sum(b) * ${every} AS bytes`].join(', ')} FROM (${parts.map((part) => `SELECT * FROM (${part})`).join(' UNION ALL ')})${group}`;
  }

  /** About how many logs a selection looks at: those of its services and levels in its minutes. */
  async lookedAt(selection: LogSelection): Promise<number> {
    const counted = { ...selection, matchers: selection.matchers.filter(isCounted), lineFilters: [], hints: [] };
    const [[logs] = []] = await this.rows(this.grouped(counted, [], { byMinutes: true }));
    return Number(logs ?? 0);
  }

  #condition(time: string, selection: LogSelection, every: number): string {
    return `${orgCondition(this.#orgId)} AND ${time} AND ${filterCondition(selection)}${sampleCondition(this.logs, every)}`;
  }
}

/** Whether the projection by minutes knows all that is asked for. */
export function isCountable(selection: LogSelection, by: readonly string[]): boolean {
  return isOfLabelsAlone(selection) && selection.matchers.every(isCounted) && by.every(isCountedLabel);
}

function isCountedLabel(name: string): boolean {
  return ['service', 'level'].includes(nativeColumn(name) ?? '');
}
