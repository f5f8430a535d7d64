import { DatabaseSync } from 'node:sqlite';

const SQLITE_BUSY = 5;

/**
 * A lock that the operating system holds for this process and lets go of when the process ends, however it ends. Node has no file locks of its own; SQLite's exclusive transaction
 * is one (fcntl on POSIX). Nothing is ever written to the file. Keep the object: a collected one lets go.
 */
export class ExclusiveFile {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Takes the lock, or returns undefined when another process has it. The folder must exist. */
  static tryTake(path: string): ExclusiveFile | undefined {
    const database = new DatabaseSync(path);
    try {
      // A journal file would stay behind after a kill, and there is nothing to roll back.
      database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
      return new ExclusiveFile(database);
    } catch (error) {
      database.close();
      if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return undefined;
      throw error;
    }
  }

  release(): void {
    this.#database.close();
  }
}
