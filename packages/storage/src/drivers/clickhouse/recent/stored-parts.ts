import { plainDatabaseName, plainTableName, type TableNames } from '../log-table.ts';
import type { Deadline, QueryRunner } from '../query-runner.ts';
import { textLiteral } from '../sql-literal.ts';

/*
 * What the parts of a MergeTree table tell of what is in it. Every insert is a part with a block number of its own, ascending over the table; a merge's part is named after the blocks
 * it holds, and a deletion's after the mutation, too, which takes a block number as well. A part never changes, and a block number is taken and its part made visible in one step
 * (true of MergeTree only, not of its replicated kinds). https://clickhouse.com/docs/en/operations/system-tables/parts
 */

/** An active part: `<partition>_<first block>_<last block>_<level>[_<mutation>]`. */
export interface StoredPart {
  readonly partition: string;
  readonly firstBlock: number;
  readonly lastBlock: number;
  /** 0 when none has changed it. */
  readonly mutation: number;
  readonly rows: number;
}

/** The active parts of a table at one moment. What was inserted later has block numbers after `lastBlock`. */
export interface PartList {
  readonly parts: readonly StoredPart[];
  readonly lastBlock: number;
  /** Changes when the engine was started anew: it may give numbers of dropped parts again. */
  readonly epoch: number;
}

/** Both tables of points at one moment. */
export interface PointParts {
  readonly samples: PartList;
  readonly histograms: PartList;
}

/** The engine's clock and uptime are in whole seconds, and the clock is corrected now and then. */
const START_SECONDS_OFF = 2;
const EMPTY: PartList = { parts: [], lastBlock: 0, epoch: 0 };

/** Lists parts. An unchanged list is the same object as before. */
export class StoredParts {
  readonly #runner: QueryRunner;
  readonly #tables: TableNames;
  #epoch = 1;
  #startedSeconds: number | undefined;
  #texts = { samples: '', histograms: '' };
  #last: PointParts = { samples: EMPTY, histograms: EMPTY };

  constructor(runner: QueryRunner, tables: TableNames) {
    this.#runner = runner;
    this.#tables = tables;
  }

  /** The parts of the day that a time lies in and of all later ones; undefined where they tell nothing, because the tables are of another kind. */
  async list(fromMs: number, deadline: Deadline): Promise<PointParts | undefined> {
    const plain = (table: string) => plainTableName(this.#tables, table);
    const [samples, histograms] = [plain(this.#tables.samples), plain(this.#tables.histograms)];
    const { rows } = await this.#runner.run(
      `SELECT table, name, rows, engine, toUnixTimestamp(now()) - uptime() FROM system.parts WHERE database = ${textLiteral(plainDatabaseName(this.#tables))} AND table IN (${textLiteral(samples)}, ${textLiteral(histograms)}) AND active AND partition_id >= ${textLiteral(firstPartition(fromMs))} ORDER BY table, name`,
      deadline,
    );
    if (rows.some(([, , , engine]) => engine !== 'MergeTree')) {
      return undefined;
    }
    this.#noteStart(rows[0]?.[4]);
    this.#last = {
      samples: this.#listOf('samples', rows, samples),
      histograms: this.#listOf('histograms', rows, histograms),
    };
    return this.#last;
  }

  /** Says which rows there are of series: the same text, the same rows. undefined where parts do not tell. */
  async seriesState(deadline: Deadline): Promise<string | undefined> {
    const table = plainTableName(this.#tables, this.#tables.series);
    const { rows } = await this.#runner.run(
      `SELECT name, rows, engine, toUnixTimestamp(now()) - uptime() FROM system.parts WHERE database = ${textLiteral(plainDatabaseName(this.#tables))} AND table = ${textLiteral(table)} AND active ORDER BY name`,
      deadline,
    );
    this.#noteStart(rows[0]?.[3]);
    const isPlain = rows.length > 0 && rows.every(([, , engine]) => engine === 'ReplacingMergeTree');
    const state = `${this.#epoch} ${rows.map(([name, count]) => `${name} ${count}`).join(' ')}`;
    return isPlain ? state : undefined;
  }

  #noteStart(seconds: unknown): void {
    if (seconds === undefined) {
      return;
    }
    const started = Number(seconds);
    if (this.#startedSeconds !== undefined && Math.abs(started - this.#startedSeconds) > START_SECONDS_OFF) {
      this.#epoch += 1;
    }
    this.#startedSeconds = started;
  }

  #listOf(key: keyof PointParts, rows: readonly (readonly unknown[])[], table: string): PartList {
    const own = rows.filter(([of]) => of === table);
    const text = `${this.#epoch} ${own.map(([, name, count]) => `${name} ${count}`).join(' ')}`;
    if (text === this.#texts[key]) {
      return this.#last[key];
    }
    this.#texts[key] = text;
    const parts = own.map(([, name, count]) => storedPart(String(name), Number(count)));
    return partList(parts, this.#epoch);
  }
}

/** The list of these parts. */
export function partList(parts: readonly StoredPart[], epoch: number): PartList {
  // Mutations take numbers as inserts do.
  const lastBlock = parts.reduce((last, part) => Math.max(last, part.lastBlock, part.mutation), 0);
  return { parts, lastBlock, epoch };
}

/** Reads a part's name. */
export function storedPart(name: string, rows: number): StoredPart {
  const [partition = '', firstBlock, lastBlock, , mutation = '0'] = name.split('_');
  return { partition, firstBlock: Number(firstBlock), lastBlock: Number(lastBlock), mutation: Number(mutation), rows };
}

/**
 * The parts that hold what a table did not have when `known` was listed, with what was merged into them; undefined when something that it had has been deleted or changed since.
 * Only partitions from the day of `fromMs` on count.
 */
export function newParts(known: PartList, now: PartList, fromMs: number): readonly StoredPart[] | undefined {
  if (known === now) {
    return [];
  }
  if (known.epoch !== now.epoch) {
    return undefined;
  }
  const first = firstPartition(fromMs);
  const before = known.parts.filter(({ partition, rows }) => partition >= first && rows > 0);
  const fresh: StoredPart[] = [];
  let found = 0;
  for (const part of now.parts.filter(({ partition }) => partition >= first)) {
    const held = before.filter((other) => holds(part, other));
    const heldRows = held.reduce((sum, { rows }) => sum + rows, 0);
    const isNew = part.lastBlock > known.lastBlock;
    // Merges keep every row; what has fewer has lost some, by a TTL.
    const hasAll = isNew ? part.rows >= heldRows : part.rows === heldRows;
    // A mutation changes what was inserted before it; blocks that came into the part since do not count for the held ones.
    const isChanged =
      held.some(({ mutation, firstBlock }) => part.mutation > Math.max(mutation, firstBlock)) ||
      part.mutation > known.lastBlock;
    if (!hasAll || isChanged) {
      return undefined;
    }
    found += held.length;
    if (isNew) {
      fresh.push(part);
    }
  }
  return found === before.length ? fresh : undefined;
}

/** Of a part that holds blocks after `afterBlock`, and some up to `lastBlock`: what is inserted after that is left for later, but what was merged since is found. */
export function partCondition(afterBlock: number, lastBlock: number): string {
  const block = (place: number) => `toUInt64(splitByChar('_', _part)[${place}])`;
  return `${block(2)} <= ${lastBlock} AND ${block(3)} > ${afterBlock}`;
}

function holds(part: StoredPart, other: StoredPart): boolean {
  return part.partition === other.partition && part.firstBlock <= other.firstBlock && part.lastBlock >= other.lastBlock;
}

/** Partitions are named by day and retention: `20261126-30`. */
function firstPartition(fromMs: number): string {
  return new Date(fromMs).toISOString().slice(0, 10).replaceAll('-', '');
}
