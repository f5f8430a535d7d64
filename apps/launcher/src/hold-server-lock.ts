// Loaded into the server by `--import` before its own code, so that a server that outlives its launcher still keeps the next one off its data directory (data-directory-lock.ts).
import { isMainThread } from 'node:worker_threads';
import { ExclusiveFile } from './exclusive-file.ts';

function takeServerLock(): ExclusiveFile | undefined {
  const path = new URL(import.meta.url).searchParams.get('path');
  // Worker threads load this too; the lock belongs to the process.
  if (path === null || !isMainThread) return undefined;
  const lock = ExclusiveFile.tryTake(path);
  if (lock === undefined) throw new Error(`${path} is held by another server`);
  return lock;
}

/** The module keeps the lock for the life of the process. */
export const serverLock = takeServerLock();
