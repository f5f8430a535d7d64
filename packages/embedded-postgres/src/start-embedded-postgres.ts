import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { initializeCluster, resetPassword } from './initialize-cluster.ts';
import { librarySearchPath } from './library-path.ts';
import { findNativePackage, type NativePackage } from './native-package.ts';
import { type Postmaster, type ProcessExit, StartFailure, startPostmaster } from './postmaster.ts';
import { newPassword, readPassword, writePassword } from './role-password.ts';
import { decideIdentity } from './server-identity.ts';
import { findFreePort, readLastPort } from './server-port.ts';
import { ServerPrograms } from './server-programs.ts';
import { APPLICATION_NAME } from './server-settings.ts';
import { stopOrphan } from './stop-orphan.ts';

/** What `startEmbeddedPostgres` needs. */
export interface EmbeddedPostgresOptions {
  /** Everything is kept below it; made when absent. The caller must have made sure that no other process of ours uses it. */
  readonly dataDir: string;
  /** Gets every line that the server writes, and what we did about an orphan. */
  readonly onLog?: (line: string) => void;
  /** Another copy of PostgreSQL's programs than the installed one. */
  readonly nativePackage?: NativePackage;
}

/** A running PostgreSQL server of our own. */
export interface EmbeddedPostgres {
  /** Connection string of the application's role, password included: not to be logged. */
  readonly url: string;
  readonly pid: number;
  /** Fast shutdown; resolves when no process is left. Again is no error. */
  stop(): Promise<void>;
  /** Resolves when the server has ended, whoever ended it. */
  readonly exited: Promise<ProcessExit>;
}

/** Passing reasons for a failed start: another program took the port meanwhile, or backends of a killed server are not gone yet. */
const PASSING = /Address already in use|pre-existing shared memory block/;
const ATTEMPTS_MAX = 100;
const ATTEMPT_PAUSE_MS = 50;

/**
 * Starts PostgreSQL on the data directory, which it first makes when it is new. Durable as PostgreSQL is: fsync is on. The server listens on loopback, on the port of its last start
 * when that is free, so that the clients of a server that crashed find the next one at the same URL; otherwise on another. It ends when this process
 * ends (where Linux lets us arrange it; elsewhere the next start ends it), and is not hit by the terminal's Ctrl-C. Under root it runs as another user.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const onLog = options.onLog ?? (() => undefined);
  const dataDir = resolve(options.dataDir);
  const clusterDir = join(dataDir, 'cluster');
  const { nativeDir, majorVersion } = options.nativePackage ?? (await findNativePackage());
  await mkdir(dataDir, { recursive: true });
  const identity = await decideIdentity(clusterDir, [
    join(nativeDir, 'bin', 'postgres'),
    join(nativeDir, 'bin', 'initdb'),
  ]);
  const libraryDirs = await librarySearchPath(nativeDir, join(dataDir, 'lib'));
  const programs = new ServerPrograms(nativeDir, identity, libraryDirs);

  const password = await prepareCluster(programs, dataDir, clusterDir, majorVersion, onLog);
  const { postmaster, port } = await startWithRetries(programs, dataDir, clusterDir, onLog);
  return {
    url: `postgres://${APPLICATION_NAME}:${password}@127.0.0.1:${port}/${APPLICATION_NAME}`,
    pid: postmaster.pid,
    stop: () => postmaster.stop(),
    exited: postmaster.exited,
  };
}

/** Leaves a cluster that no server uses and whose application role has the returned password. */
async function prepareCluster(
  programs: ServerPrograms,
  dataDir: string,
  clusterDir: string,
  majorVersion: number,
  onLog: (line: string) => void,
): Promise<string> {
  const passwordFile = join(dataDir, 'password');
  const found = await readVersion(clusterDir);
  if (found !== undefined && found !== majorVersion) {
    throw new Error(
      `${clusterDir} was made by PostgreSQL ${found}, the installed one is ${majorVersion}. ` +
        `Dump it with PostgreSQL ${found} and restore it, or run the version of AegisGuard that made it.`,
    );
  }
  const kept = await readPassword(passwordFile);
  const password = kept ?? newPassword();
  if (found === undefined) {
    await initializeCluster(programs, clusterDir, password);
  } else {
    await stopOrphan(clusterDir, onLog);
  }
  if (kept === undefined) {
    // The file comes last: a crash before it only means that another password is set at the next start.
    if (found !== undefined) {
      await resetPassword(programs, clusterDir, password);
    }
    await writePassword(passwordFile, password);
  }
  return password;
}

async function startWithRetries(
  programs: ServerPrograms,
  dataDir: string,
  clusterDir: string,
  onLog: (line: string) => void,
): Promise<{ postmaster: Postmaster; port: number }> {
  const portFile = join(dataDir, 'port');
  const lastPort = await readLastPort(portFile);
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort(lastPort);
    try {
      const postmaster = await startPostmaster(programs, clusterDir, port, onLog);
      if (port !== lastPort) {
        await writeFile(portFile, `${port}\n`);
      }
      return { postmaster, port };
    } catch (error) {
      if (attempt === ATTEMPTS_MAX || !(error instanceof StartFailure && PASSING.test(error.log))) {
        throw error;
      }
      await delay(ATTEMPT_PAUSE_MS);
    }
  }
}

/** The major version that made the cluster; undefined when there is no cluster. */
async function readVersion(clusterDir: string): Promise<number | undefined> {
  try {
    return Number.parseInt(await readFile(join(clusterDir, 'PG_VERSION'), 'utf8'), 10);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
      return undefined;
    }
    throw new Error(`${clusterDir} cannot be read. Was it made by another user, or by root?`, { cause });
  }
}
