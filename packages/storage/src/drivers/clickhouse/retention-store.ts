import { AegisError, type OrgId, type RetentionShortened, type Signal, type StoredRetention } from '@aegisguard/model';
import type { RetentionStore } from '../../driver.ts';
import { plainTableName, type TableNames } from './log-table.ts';
import type { QueryRunner } from './query-runner.ts';
import type { RowDeletion } from './row-deletion.ts';
import { orgCondition } from './selection-sql.ts';
import { wholeNumberLiteral } from './sql-literal.ts';

const DAY_MS = 86_400_000;
/** What `retention_days` can hold. */
const DAYS_MAX = 65_535;
/** A day's rows are in one partition, and the engine looks for expired ones every four hours. */
const DAILY = { daysMin: 0, dropDelayDaysMax: 2 };

/** A table whose rows expire by a setting. These are what the tables' TTLs say (`migrations/`). */
interface RetainedTable {
  readonly signal: Signal;
  readonly table: keyof TableNames;
  /** The column that a row's age is counted from. */
  readonly time: string;
  readonly daysMin: number;
  readonly dropDelayDaysMax: number;
}

const RETAINED: readonly RetainedTable[] = [
  { signal: 'logs', table: 'logs', time: 'timestamp', ...DAILY },
  { signal: 'traces', table: 'spans', time: 'timestamp', ...DAILY },
  // A week and a month are one partition.
  { signal: 'traces', table: 'spanMinutes', time: 'minute', daysMin: 90, dropDelayDaysMax: 9 },
  { signal: 'traces', table: 'spanHours', time: 'hour', daysMin: 365, dropDelayDaysMax: 32 },
  { signal: 'traces', table: 'graphMinutes', time: 'minute', daysMin: 90, dropDelayDaysMax: 9 },
  { signal: 'traces', table: 'graphHours', time: 'hour', daysMin: 365, dropDelayDaysMax: 32 },
  { signal: 'rum', table: 'rumEvents', time: 'timestamp', ...DAILY },
  // A month is one partition.
  { signal: 'events', table: 'securityEvents', time: 'timestamp', daysMin: 0, dropDelayDaysMax: 32 },
  { signal: 'metrics', table: 'samples', time: 'timestamp', ...DAILY },
  { signal: 'metrics', table: 'histograms', time: 'timestamp', ...DAILY },
  { signal: 'metrics', table: 'exemplars', time: 'timestamp', ...DAILY },
  { signal: 'metrics', table: 'rollups1m', time: 'bucket_end', ...DAILY },
  { signal: 'metrics', table: 'rollups5m', time: 'bucket_end', ...DAILY },
  // A month is one partition.
  { signal: 'metrics', table: 'rollups1h', time: 'bucket_end', daysMin: 365, dropDelayDaysMax: 32 },
  // A week is one partition.
  { signal: 'metrics', table: 'series', time: 'last_seen', daysMin: 365, dropDelayDaysMax: 8 },
];

/** What is kept for how long in ClickHouse. */
export class ClickHouseRetentionStore implements RetentionStore {
  readonly #runner: QueryRunner;
  readonly #deletion: RowDeletion;
  readonly #tables: TableNames;
  readonly #nowMs: () => number;

  constructor(runner: QueryRunner, deletion: RowDeletion, tables: TableNames, nowMs: () => number) {
    this.#runner = runner;
    this.#deletion = deletion;
    this.#tables = tables;
    this.#nowMs = nowMs;
  }

  async read(orgId: OrgId): Promise<readonly StoredRetention[]> {
    const selects = RETAINED.map((retained, place) => {
      const time = timeMs(retained);
      return `SELECT ${place} AS place, ${daysOf(retained)} AS days, count() AS rows, min(${time}) AS oldest, max(${time}) AS newest FROM ${this.#tables[retained.table]} WHERE ${orgCondition(orgId)} GROUP BY days`;
    });
    const rows = await this.#runner.rows(
      `SELECT place, days, rows, oldest, newest FROM (${selects.join(' UNION ALL ')}) ORDER BY place, days`,
    );
    return RETAINED.map((retained, place) => {
      const bands = rows.filter(([of]) => Number(of) === place).map(([, ...band]) => bandOf(band.map(Number)));
      const { signal, daysMin, dropDelayDaysMax } = retained;
      return {
        signal,
        table: this.#nameOf(retained),
        rows: bands.reduce((sum, band) => sum + band.rows, 0),
        oldestMs: bands.length === 0 ? null : Math.min(...bands.map(({ oldestMs }) => oldestMs)),
        newestMs: bands.length === 0 ? null : Math.max(...bands.map(({ newestMs }) => newestMs)),
        bands,
        daysMin,
        dropDelayDaysMax,
      };
    });
  }

  async shorten(
    orgId: OrgId,
    signal: Signal,
    days: number,
    keptDays: readonly number[] = [],
  ): Promise<RetentionShortened> {
    const wrong = [days, ...keptDays].find((one) => !Number.isInteger(one) || one < 1 || one > DAYS_MAX);
    if (wrong !== undefined) {
      throw new AegisError('internal', { internal: `not a retention: ${wrong} days` });
    }
    const byRule = keptDays.map((one) => ` AND retention_days != ${wholeNumberLiteral(one)}`).join('');
    const tables: RetentionShortened['tables'] = [];
    for (const retained of RETAINED.filter((one) => one.signal === signal)) {
      const kept = Math.max(days, retained.daysMin);
      const table = this.#tables[retained.table];
      const beforeMs = Math.floor(this.#nowMs()) - kept * DAY_MS;
      const isTooOld = `${daysOf(retained)} > ${kept} AND ${timeMs(retained)} < ${wholeNumberLiteral(beforeMs)}${byRule}`;
      const rowsDeleted = await this.#deletion.delete(table, orgId, isTooOld);
      const [[rowsUnderShorter] = []] = await this.#runner.rows(
        `SELECT count() FROM ${table} WHERE ${orgCondition(orgId)} AND ${daysOf(retained)} < ${kept}`,
      );
      tables.push({ table: this.#nameOf(retained), rowsDeleted, rowsUnderShorter: Number(rowsUnderShorter) });
    }
    return { signal, days, tables };
  }

  #nameOf({ table }: RetainedTable): string {
    return plainTableName(this.#tables, this.#tables[table]);
  }
}

function bandOf([days = 0, rows = 0, oldestMs = 0, newestMs = 0]: readonly number[]): StoredRetention['bands'][number] {
  return { days, rows, oldestMs, newestMs, expiresAtMs: newestMs + days * DAY_MS };
}

/** For how many days a row is kept. */
function daysOf({ daysMin }: RetainedTable): string {
  return daysMin === 0 ? 'retention_days' : `greatest(retention_days, ${daysMin})`;
}

/** A row's time in Unix ms; TTLs count from the whole second. */
function timeMs({ time }: RetainedTable): string {
  return `toUnixTimestamp(toDateTime(${time}, 'UTC')) * 1000`;
}
