import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Environment } from '@aegisguard/config';
import { DataDirectoryLock } from './data-directory-lock.ts';
import type { ServerCommand } from './supervisor.ts';

// libuv's pool carries file writes with fsync, zlib and password hashing, four at a time unless told otherwise.
const THREAD_POOL_SIZE = '16';
// Bounds the JavaScript heap; ClickHouse's memory and buffers are outside it and bounded by their own settings.
const HEAP_MIB_MAX = 1024;
// A batch's objects are garbage a few ms after they were made; a young generation that outlasts several batches lets most die uncollected. Costs up to three times this in memory.
const SEMI_SPACE_MIB = 64;

/** The API program, compiled and bundled (scripts/bundle-server.ts). */
export const SERVER_PROGRAM = fileURLToPath(new URL('../../api/bundle/main.js', import.meta.url));

/** How to start the server under this Node. `extra` holds what the launcher hands over: secrets and the database's URL. */
export function serverCommand(
  program: string,
  env: Environment,
  extra: Environment,
  lockedDataDir: string | undefined,
): ServerCommand {
  const args = [
    '--disable-warning=ExperimentalWarning',
    `--max-old-space-size=${HEAP_MIB_MAX}`,
    `--max-semi-space-size=${SEMI_SPACE_MIB}`,
  ];
  if (lockedDataDir !== undefined) {
    const holdLock = new URL(`./hold-server-lock${extname(import.meta.url)}`, import.meta.url);
    holdLock.searchParams.set('path', DataDirectoryLock.serverLockPath(lockedDataDir));
    args.push('--import', holdLock.href);
  }
  args.push(program);
  return {
    command: process.execPath,
    args,
    env: { UV_THREADPOOL_SIZE: THREAD_POOL_SIZE, ...env, ...extra },
  };
}
