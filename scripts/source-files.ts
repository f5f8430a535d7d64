import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of ours, with its path from the repository's root. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const ROOTS = ['apps', 'packages', 'bench', 'test', 'scripts'];
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'bundle', 'dist-types', 'generated', 'public']);

/** Every program text of the repository; a walk rather than `git ls-files`, since a machine need not have git. */
export function sourceFiles(root: string, wanted = /\.(ts|tsx|mjs)$/): SourceFile[] {
  const paths: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) walk(path);
      if (entry.isFile() && wanted.test(entry.name)) paths.push(path);
    }
  };
  for (const folder of ROOTS) walk(folder);
  return paths.sort().map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}
