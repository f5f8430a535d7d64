// Every package.json names exact versions, and package-lock.json agrees with it: otherwise `npm ci` refuses to install. node scripts/check-manifests.ts
import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { Lockfile } from './lockfile-platforms.ts';

type Dependencies = Readonly<Record<string, string>>;

/** The dependencies of a package.json, as far as they matter here; package-lock.json repeats them. */
export interface Manifest {
  readonly dependencies?: Dependencies;
  readonly devDependencies?: Dependencies;
  readonly optionalDependencies?: Dependencies;
}

const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;
const EXACT = /^\d+\.\d+\.\d+(-[\w.-]+)?$/;

/** One sentence for each dependency that is not exact or not the lockfile's. `manifests` are by folder, the root's under ''. */
export function manifestProblems(manifests: ReadonlyMap<string, Manifest>, lockfile: Lockfile): string[] {
  return [...manifests].flatMap(([folder, manifest]) => {
    const locked: Manifest = lockfile.packages[folder] ?? {};
    const where = `${folder === '' ? '' : `${folder}/`}package.json`;
    return KINDS.flatMap((kind) => {
      const names = new Set([...Object.keys(manifest[kind] ?? {}), ...Object.keys(locked[kind] ?? {})]);
      return [...names].flatMap((name) => problem(where, name, manifest[kind]?.[name], locked[kind]?.[name]));
    });
  });
}

function problem(where: string, name: string, wanted: string | undefined, locked: string | undefined): string[] {
  if (wanted !== locked) {
    return [`${where}: ${name} is ${wanted ?? 'absent'}, in package-lock.json ${locked ?? 'absent'}; run npm install`];
  }
  // Our own packages are links; '*' says that any version of the checkout will do.
  const isOurs = name.startsWith('@aegisguard/');
  if (wanted === undefined || (isOurs ? wanted === '*' : EXACT.test(wanted))) return [];
  return [`${where}: ${name} is ${wanted}, it must be ${isOurs ? '*' : 'an exact version'}`];
}

if (import.meta.main) {
  const root = new URL('../', import.meta.url);
  const read = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
  const lockfile: Lockfile = read('package-lock.json');
  const folders = Object.keys(lockfile.packages).filter((key) => !key.includes('node_modules/'));
  const manifests = new Map(
    folders.map((folder) => [folder, read(folder === '' ? 'package.json' : `${folder}/package.json`)]),
  );
  const problems = manifestProblems(manifests, lockfile);
  for (const text of problems) console.error(text);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
