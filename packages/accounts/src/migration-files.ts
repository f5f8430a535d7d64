import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

/** One step of the schema, as a folder of `prisma/migrations` has it. */
export interface Migration {
  /** The folder's name; migrations run in the order of their names. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file in hex, as Prisma computes it. */
  readonly checksum: string;
}

/** Beside `src` and `dist` alike. */
const MIGRATIONS = new URL('../prisma/migrations/', import.meta.url);

/** Reads the migrations of this version, in order. */
export async function readMigrations(folder: URL = MIGRATIONS): Promise<readonly Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.sort().map((name) => readMigration(folder, name)));
}

async function readMigration(folder: URL, name: string): Promise<Migration> {
  const bytes = await readFile(new URL(`${name}/migration.sql`, folder));
  return { name, sql: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') };
}
