import {
  AegisError,
  type LogCountQuery,
  type LogCounts,
  type LogPage,
  type LogSearch,
  type OrgId,
  type QueryBounds,
} from '@aegisguard/model';
import type { EncodedBatch, LogStore } from '../../driver.ts';
import type { Engine } from './engine.ts';
import { engineError } from './engine-error.ts';
import { LOG_INSERT_COLUMNS } from './log-columns.ts';
import { countLogs } from './log-count.ts';
import { searchLogs } from './log-search.ts';
import type { TableNames } from './log-table.ts';
import { Deadline, type QueryRunner } from './query-runner.ts';
import { RegexCheck } from './regex-check.ts';
import { orgCondition } from './selection-sql.ts';
import { uuidBytes } from './uuid-bytes.ts';

/** An insert that takes longer has failed; the worker's lease on its batches (30 s) must outlast it. */
const INSERT_SECONDS_MAX = 20;
const STORED_INDEXES_MS = 30_000;
/** More than this is inserted in parts: the engine needs several times the memory. */
const INSERT_BYTES_MAX = 64 * 1024 * 1024;

/** Logs in ClickHouse. */
export class ClickHouseLogStore implements LogStore {
  readonly #engine: Engine;
  readonly #runner: QueryRunner;
  readonly #tables: TableNames;
  readonly #insertSettings: string;
  readonly #regexes = new RegexCheck();
  /** Inserts are made one after the other; the connection could do no more, and larger groups are better than more. */
  #lastInsert: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(engine: Engine, runner: QueryRunner, tables: TableNames, insertMemoryBytesMax: number) {
    this.#engine = engine;
    this.#runner = runner;
    this.#tables = tables;
    this.#insertSettings = [
      `max_execution_time = ${INSERT_SECONDS_MAX}`,
      "timeout_overflow_mode = 'throw'",
      `max_memory_usage = ${insertMemoryBytesMax}`,
      // A second thread would split the group into smaller parts.
      'max_insert_threads = 1',
      'max_threads = 1',
      // The blocks of a group, 1000 rows each, are joined to one part a partition.
      'min_insert_block_size_rows = 1000000',
      `min_insert_block_size_bytes = ${Math.floor(insertMemoryBytesMax / 4)}`,
      // A client may send logs of every day of its retention in one batch.
      'max_partitions_per_insert_block = 10000',
      'async_insert = 0',
      // A new part is small and soon merged; its filters would be made again then. A quarter of an insert's CPU.
      'materialize_skip_indexes_on_insert = 0',
    ].join(', ');
  }

  async insert(batches: readonly EncodedBatch[]): Promise<void> {
    const blocks = batches.filter(({ rowCount }) => rowCount > 0).map(({ bytes }) => bytes);
    if (this.#isClosed) {
      throw new AegisError('unavailable', { internal: 'the store is closed' });
    }
    if (blocks.length === 0) {
      return;
    }
    const insert = this.#lastInsert.then(async () => {
      for (const part of partsOf(blocks)) {
        await this.#insertPart(part);
      }
    });
    this.#lastInsert = insert.catch(() => undefined);
    await insert;
  }

  async #insertPart(blocks: readonly Uint8Array[]): Promise<void> {
    const target = { table: this.#tables.logs, columns: LOG_INSERT_COLUMNS, settings: this.#insertSettings };
    try {
      await this.#engine.insert(target, blocks);
    } catch (error) {
      throw engineError(error, 'insert');
    }
  }

  async storedIndexes(orgId: OrgId, batchId: string): Promise<ReadonlySet<number>> {
    const batch = Buffer.from(uuidBytes(batchId)).toString('hex');
    const { rows } = await this.#runner.run(
      `SELECT DISTINCT batch_index FROM ${this.#tables.logs} WHERE ${orgCondition(orgId)} AND batch_id = toFixedString(unhex('${batch}'), 16)`,
      new Deadline({ signal: new AbortController().signal, timeoutMs: STORED_INDEXES_MS }),
    );
    return new Set(rows.map(([index]) => Number(index)));
  }

  async searchLogs(orgId: OrgId, search: LogSearch, bounds: QueryBounds): Promise<LogPage> {
    const deadline = new Deadline(bounds);
    await this.#regexes.assertValid(search, this.#runner, deadline);
    return searchLogs(this.#runner, this.#tables, orgId, search, deadline);
  }

  async countLogs(orgId: OrgId, query: LogCountQuery, bounds: QueryBounds): Promise<LogCounts> {
    const deadline = new Deadline(bounds);
    await this.#regexes.assertValid(query, this.#runner, deadline);
    return countLogs(this.#runner, this.#tables, orgId, query, deadline);
  }

  /** Refuses new inserts and waits for those under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#lastInsert;
  }
}

/** Blocks in parts that the engine can take at once; a single larger block is a part of its own. */
function partsOf(blocks: readonly Uint8Array[]): Uint8Array[][] {
  const parts: Uint8Array[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const block of blocks) {
    if (bytes + block.byteLength > INSERT_BYTES_MAX) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(block);
    bytes += block.byteLength;
  }
  return parts;
}
