import { PrismaPg } from '@prisma/adapter-pg';
import { Pool, type PoolConfig } from 'pg';
import type { AccountsLogger } from './accounts-logger.ts';
import { toAegisError } from './database-error.ts';
import { PrismaClient } from './generated/client.ts';

/** Prisma inside a transaction. */
export type PrismaTransaction = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

/** How long one statement may run; the control plane's take well under 10 ms. */
const STATEMENT_TIMEOUT_MS = 10_000;
/** A server that has hung does not end its own statements; then the client gives up. */
const QUERY_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 5_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** How long a connection is kept for whoever comes next: a new one is a process of the server's, and has nothing planned. */
const IDLE_MS = 60_000;

/** Rows of one SQL statement. */
export type ReadRows = <Row>(sql: string, values: readonly unknown[], name?: string) => Promise<readonly Row[]>;

/** The same inside of a transaction of Prisma's. */
export function rowsIn(prisma: PrismaTransaction): ReadRows {
  return (sql, values) => prisma.$queryRawUnsafe(sql, ...values);
}

/** What every connection to the accounts database has in common. */
export function connectionSettings(databaseUrl: string): PoolConfig {
  return {
    connectionString: databaseUrl,
    application_name: 'aegisguard',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  };
}

/** One bounded pool, used through Prisma and, where a query is hot or needs PostgreSQL's own words, directly. */
export class Database {
  readonly #pool: Pool;
  readonly #prisma: PrismaClient;

  constructor(databaseUrl: string, poolMax: number, logger: AccountsLogger) {
    this.#pool = new Pool({
      ...connectionSettings(databaseUrl),
      max: poolMax,
      idleTimeoutMillis: IDLE_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
      idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    });
    // Without a listener an idle connection's end (a restart of the server) would end this process.
    this.#pool.on('error', (error) =>
      logger.warn({ err: error }, 'an idle connection to the accounts database was lost'),
    );
    this.#prisma = new PrismaClient({ adapter: new PrismaPg(this.#pool), errorFormat: 'minimal' });
  }

  /**
   * Rows of one SQL statement. Tables must be written with their schema, `public.`, which Prisma uses too. With a name, which must belong to this text alone, each connection
   * plans the statement once: for a join that halves its time.
   */
  async rows<Row>(sql: string, values: readonly unknown[], name?: string): Promise<readonly Row[]> {
    try {
      const query = name === undefined ? { text: sql } : { text: sql, name };
      return (await this.#pool.query(query, [...values])).rows as Row[];
    } catch (error) {
      throw toAegisError(error);
    }
  }

  /** As `rows`, to be handed to what reads inside of transactions, too. */
  readonly read: ReadRows = (sql, values, name) => this.rows(sql, values, name);

  /** Runs Prisma calls; what they throw comes out as `AegisError`. */
  async prisma<T>(work: (prisma: PrismaClient) => Promise<T>): Promise<T> {
    try {
      return await work(this.#prisma);
    } catch (error) {
      throw toAegisError(error);
    }
  }

  /** Runs Prisma calls in one transaction: all of it or nothing. */
  transaction<T>(work: (prisma: PrismaTransaction) => Promise<T>): Promise<T> {
    return this.prisma((prisma) =>
      prisma.$transaction(work, { maxWait: CONNECT_TIMEOUT_MS, timeout: STATEMENT_TIMEOUT_MS }),
    );
  }

  /** Reads with plain SQL of the one state that the database is in when the first statement runs, whatever is written meanwhile. Holds a connection. */
  async snapshot<T>(work: (rows: ReadRows) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw toAegisError(error);
    });
    let failure: unknown;
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const result = await work(async (sql, values) => (await client.query(sql, [...values])).rows);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      failure = error;
      throw toAegisError(error);
    } finally {
      // A connection whose transaction may still be open is not given back.
      client.release(failure !== undefined);
    }
  }

  async close(): Promise<void> {
    await this.#prisma.$disconnect();
    await this.#pool.end();
  }
}
