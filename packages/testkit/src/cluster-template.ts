import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startEmbeddedPostgres } from '@aegisguard/embedded-postgres';

const run = promisify(execFile);

/** Names the directory that a run of tests keeps its template in. */
const VARIABLE = 'AEGIS_TEST_TEMPLATES';

/** Vitest calls it before the first test of a run, in the process that starts the workers, and what it returns after the last one. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env[VARIABLE] !== undefined) {
    return undefined;
  }
  const directory = await mkdtemp(join(tmpdir(), 'aegis-test-templates-'));
  process.env[VARIABLE] = directory;
  return () => rm(directory, { recursive: true, force: true });
}

/**
 * Puts a new PostgreSQL cluster into a directory that is not there yet. Making one takes more than a second of a processor, a copy a tenth of it, so a run of tests makes one only, when it
 * is first asked for. Outside of a run it does nothing: the server then makes its cluster itself.
 */
export async function placeCluster(postgresDir: string): Promise<void> {
  const directory = process.env[VARIABLE];
  if (directory === undefined) {
    return;
  }
  const template = join(directory, 'postgres');
  if (!existsSync(template)) {
    await makeTemplate(directory, template);
  }
  await mkdir(postgresDir);
  // Keeps owners, too: under root the cluster is another user's.
  await run('cp', ['-a', `${template}/.`, postgresDir]);
}

async function makeTemplate(directory: string, template: string): Promise<void> {
  const aside = await mkdtemp(join(directory, 'new-'));
  const dataDir = join(aside, 'postgres');
  const server = await startEmbeddedPostgres({ dataDir });
  await server.stop();
  // Copies would begin by looking for the same one.
  await rm(join(dataDir, 'port'));
  await rename(dataDir, template).catch((error: NodeJS.ErrnoException) => {
    // Another worker was first.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') {
      throw error;
    }
  });
}
