import { chown, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerPrograms } from './server-programs.ts';
import { APPLICATION_NAME } from './server-settings.ts';

const SIDE_PREFIX = 'new-cluster-';

/** The superuser may not log in at all: it is for single-user mode, by hand. */
const HBA = `# Only the application's own role, over loopback, with its password.
host all ${APPLICATION_NAME} 127.0.0.1/32 scram-sha-256
`;

/**
 * Makes the cluster in `<dataDir>/cluster` with the application's role and database. It is made aside and moved into place when all of it is on disk, so a crash at any moment leaves
 * either a whole cluster or none.
 */
export async function initializeCluster(programs: ServerPrograms, clusterDir: string, password: string): Promise<void> {
  const parent = join(clusterDir, '..');
  const sideDir = join(parent, `${SIDE_PREFIX}${process.pid}`);
  await removeSideDirs(parent);
  await mkdir(sideDir, { mode: 0o700 });
  if (programs.user) {
    await chown(sideDir, programs.user.uid, programs.user.gid);
  }
  // The built-in locale depends neither on the machine's C library nor on ICU, so an upgrade of either cannot reorder an index. 4 MB segments keep an idle log small.
  await programs.run('initdb', [
    ...['-D', sideDir, '-U', 'postgres', '--auth=reject', '--no-instructions', '--wal-segsize=4', '--encoding=UTF8'],
    ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ]);
  await writeFile(join(sideDir, 'pg_hba.conf'), HBA);
  await runSql(programs, sideDir, [
    `CREATE ROLE ${APPLICATION_NAME} LOGIN CREATEDB PASSWORD '${password}'`,
    `CREATE DATABASE ${APPLICATION_NAME} OWNER ${APPLICATION_NAME}`,
  ]);
  await rename(sideDir, clusterDir);
  await syncDirectory(parent);
}

/** Gives the application's role another password; the cluster's server must not be running. */
export function resetPassword(programs: ServerPrograms, clusterDir: string, password: string): Promise<void> {
  return runSql(programs, clusterDir, [`ALTER ROLE ${APPLICATION_NAME} PASSWORD '${password}'`]);
}

/** Runs statements of one line each as superuser in single-user mode, which needs no login. */
function runSql(programs: ServerPrograms, clusterDir: string, statements: readonly string[]): Promise<void> {
  const args = ['--single', '-D', clusterDir, '-c', 'exit_on_error=on', '-c', 'password_encryption=scram-sha-256'];
  return programs.run('postgres', [...args, 'postgres'], statements.map((statement) => `${statement};\n`).join(''));
}

/** Removes what a first start that was killed left behind. */
async function removeSideDirs(parent: string): Promise<void> {
  const left = (await readdir(parent)).filter((name) => name.startsWith(SIDE_PREFIX));
  await Promise.all(left.map((name) => rm(join(parent, name), { recursive: true, force: true })));
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
