/** The rows of a SELECT as JSON has them (64-bit numbers may be texts), and what it cost. */
export interface EngineAnswer {
  readonly rows: readonly (readonly unknown[])[];
  readonly elapsedMs: number;
  readonly rowsRead: number;
  readonly bytesRead: number;
}

/** Where an insert goes and what its blocks hold. */
export interface InsertTarget {
  /** Qualified and quoted, ready for SQL. */
  readonly table: string;
  readonly columns: readonly (readonly [name: string, type: string])[];
  /** `a = 1, b = 2`. */
  readonly settings: string;
}

/**
 * The ClickHouse engine, in this process or on a server: the same SQL for both. Calls reject with what the engine threw; `engineError` turns that into ours. A rejected
 * promise means that the engine is done with the statement, too, except for `select` on a server after its signal fired.
 */
export interface Engine {
  /** How many SELECTs may run at once; each names its lane. */
  readonly laneCount: number;
  /** Settings that SELECTs need on this engine only: an older server may not know them. */
  readonly selectSettings: readonly string[];
  /** Runs a SELECT without FORMAT. */
  select(lane: number, sql: string, signal: AbortSignal): Promise<EngineAnswer>;
  /** Runs a SELECT without FORMAT and hands over its answer in the Native format, piece by piece as it comes, each of whole blocks. What `onPiece` throws ends the statement. */
  stream(lane: number, sql: string, signal: AbortSignal, onPiece: (piece: Uint8Array) => void): Promise<void>;
  /** Runs a statement without an answer. */
  command(sql: string): Promise<void>;
  /** Runs a long statement without an answer that nothing else shall wait for: upkeep of the store. One at a time. */
  maintain(sql: string): Promise<void>;
  /** Stores blocks of the Native format as one insert. */
  insert(target: InsertTarget, blocks: readonly Uint8Array[]): Promise<void>;
  /** Stops the running statement that has this `log_comment`; does nothing when there is none. */
  kill(comment: string): Promise<void>;
  /** Lets go of everything. Nothing may be running. */
  close(): Promise<void>;
}

/** The shape of an answer in the JSONCompact format: https://clickhouse.com/docs/en/interfaces/formats/JSONCompact */
export interface JsonCompactAnswer {
  readonly data: readonly (readonly unknown[])[];
  readonly statistics?: { readonly elapsed: number; readonly rows_read: number; readonly bytes_read: number };
}

/** Reads a JSONCompact answer. */
export function engineAnswer({ data, statistics }: JsonCompactAnswer): EngineAnswer {
  return {
    rows: data,
    elapsedMs: (statistics?.elapsed ?? 0) * 1000,
    rowsRead: Number(statistics?.rows_read ?? 0),
    bytesRead: Number(statistics?.bytes_read ?? 0),
  };
}
