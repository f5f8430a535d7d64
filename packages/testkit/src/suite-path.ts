import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const REPOSITORY = resolve(import.meta.dirname, '../../..');

/**
 * Where a file of the public test corpora lies: under `AEGIS_SUITES_DIR`, by default `../shared/suites` beside the repository. `undefined` when it is not there: the
 * corpora are not part of the repository, and tests over them skip with that reason.
 */
export function suitePath(...parts: readonly string[]): string | undefined {
  const root = process.env.AEGIS_SUITES_DIR ?? join(REPOSITORY, '../shared/suites');
  const path = join(root, ...parts);
  return existsSync(path) ? path : undefined;
}
