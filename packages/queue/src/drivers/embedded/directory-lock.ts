import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AegisError } from '@aegisguard/model';
import { FILE_MODE, makePrivateFile } from './file-access.ts';
import { isSqliteError, SQLITE_BUSY, SQLITE_NOTADB } from './sqlite-error.ts';

/** A process that is being replaced lets go of the directory within its drain. */
const RETRY_AFTER_SECONDS = 5;

/**
 * Keeps a directory to one process: an exclusive SQLite transaction that is never ended. SQLite's lock is the operating system's, so it goes with the process however that dies. The
 * lock's file stays empty. Nothing else in the process may open and close that file, which would give up the lock (POSIX).
 */
export class DirectoryLock {
  private readonly database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.database = database;
  }

  /** Throws `AegisError` `unavailable`, naming the holder where it is known, when another process has it. */
  static async take(directory: string): Promise<DirectoryLock> {
    const path = join(directory, 'lock.sqlite');
    const holderPath = join(directory, 'lock.pid');
    makePrivateFile(path);
    const database = new DatabaseSync(path);
    try {
      await begin(database, path);
    } catch (error) {
      database.close();
      if (isSqliteError(error, SQLITE_BUSY)) {
        const internal = `the queue directory ${directory} is in use by another process${holderOf(holderPath)}`;
        throw new AegisError('unavailable', { internal, cause: error, retryAfterSeconds: RETRY_AFTER_SECONDS });
      }
      throw error;
    }
    noteHolder(holderPath);
    return new DirectoryLock(database);
  }

  release(): void {
    this.database.close();
  }
}

async function begin(database: DatabaseSync, path: string): Promise<void> {
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    if (!isSqliteError(error, SQLITE_NOTADB)) {
      throw error;
    }
    // Somebody wrote into the file. Nobody holds the lock, or SQLite would have said so before it looked at the bytes.
    await truncate(path);
    database.exec('BEGIN EXCLUSIVE');
  }
}

/** Only for the message that a second process gets: a full disk must not stop the first. */
function noteHolder(path: string): void {
  try {
    writeFileSync(path, String(process.pid), { mode: FILE_MODE });
  } catch {
    rmSync(path, { force: true });
  }
}

function holderOf(path: string): string {
  try {
    return ` (pid ${readFileSync(path, 'utf8')})`;
  } catch {
    return '';
  }
}
