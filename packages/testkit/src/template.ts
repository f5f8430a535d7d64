import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Names the directory that a run of tests keeps its templates in; `npm test` gives one to all of its runs. */
const VARIABLE = 'AEGIS_TEST_TEMPLATES';
/** Between looks whether another worker has made a template. */
const CLAIM_PAUSE_MS = 50;

/** Vitest calls it before the first test of a run, in the process that starts the workers, and what it returns after the last one. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env[VARIABLE] !== undefined) {
    return undefined;
  }
  const directory = await mkdtemp(join(tmpdir(), 'aegis-test-templates-'));
  process.env[VARIABLE] = directory;
  return () => {
    // One process may run the tests of several projects, one after the other.
    delete process.env[VARIABLE];
    return rm(directory, { recursive: true, force: true });
  };
}

/**
 * Copies what `make` leaves in a directory to `target`, which is not there yet. It is made once in a run of tests, when it is first asked for. Outside of a run nothing is
 * copied: whoever finds no directory makes it.
 */
export async function copyTemplate(
  name: string,
  target: string,
  make: (directory: string) => Promise<void>,
): Promise<void> {
  const templates = process.env[VARIABLE];
  if (templates === undefined) {
    return;
  }
  const template = join(templates, name);
  while (!existsSync(template)) {
    if (await claim(`${template}.claim`)) {
      await makeTemplate(template, make).finally(() => rm(`${template}.claim`, { recursive: true }));
    } else {
      await delay(CLAIM_PAUSE_MS);
    }
  }
  // Keeps owners, too: under root PostgreSQL's files are another user's.
  await run('cp', ['-a', template, target]);
}

/** Makes this directory, unless another worker has made it. */
async function claim(directory: string): Promise<boolean> {
  try {
    await mkdir(directory);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

/** Under another name until it is whole. */
async function makeTemplate(template: string, make: (directory: string) => Promise<void>): Promise<void> {
  if (!existsSync(template)) {
    const aside = await mkdtemp(`${template}.new-`);
    await make(join(aside, 'new'));
    await rename(join(aside, 'new'), template);
  }
}
