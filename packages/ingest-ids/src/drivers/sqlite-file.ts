import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/**
 * Opens a file of SQLite and prepares it with `setUp`. One that is damaged is begun anew, and it is told: what waited for it would wait for ever.
 */
export function openSqliteFile(path: string, setUp: string, onDamaged: (path: string) => void): DatabaseSync {
  try {
    return opened(path, setUp);
  } catch (error) {
    if (!isDamage(error)) {
      throw error;
    }
  }
  for (const end of ['', '-wal', '-shm']) {
    rmSync(`${path}${end}`, { force: true });
  }
  onDamaged(path);
  return opened(path, setUp);
}

/** All that `work` writes, or nothing when it throws. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) {
      database.exec('ROLLBACK');
    }
    throw error;
  }
}

/** As `inTransaction`, of work that lets others have turns of the event loop. Nobody else may use the connection before it has ended. */
export async function inSlowTransaction<Result>(database: DatabaseSync, work: () => Promise<Result>): Promise<Result> {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = await work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) {
      database.exec('ROLLBACK');
    }
    throw error;
  }
}

function opened(path: string, setUp: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec(setUp);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** What SQLite says of a file that is not its own, or not any more: https://www.sqlite.org/rescode.html */
function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}
