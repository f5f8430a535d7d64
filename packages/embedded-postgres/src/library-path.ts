import { lstat, mkdir, readFile, readlink, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

interface LibraryLink {
  /** Paths inside the package. */
  readonly source: string;
  readonly target: string;
}

/**
 * npm packages cannot hold symbolic links, so the package makes those that the loader needs (`libicuuc.so.60` → `libicuuc.so.60.2` …) in an install script. Where install scripts are
 * blocked they are missing, and node_modules may be read-only: then they are made in `linksDir`. Returns the directories for the loader to search, none when the package is complete.
 */
export async function librarySearchPath(nativeDir: string, linksDir: string): Promise<readonly string[]> {
  const packageDir = dirname(nativeDir);
  const links = parseLinks(await readFile(join(nativeDir, 'pg-symlinks.json'), 'utf8'));
  const present = await Promise.all(links.map((link) => exists(join(packageDir, link.target))));
  if (present.every(Boolean)) {
    return [];
  }
  await mkdir(linksDir, { recursive: true });
  await Promise.all(
    links.map((link) => makeLink(join(packageDir, link.source), join(linksDir, basename(link.target)))),
  );
  return [linksDir, join(nativeDir, 'lib')];
}

/** Points `path` at `target`; one left from a checkout elsewhere is replaced. */
async function makeLink(target: string, path: string): Promise<void> {
  const current = await readlink(path).catch(() => undefined);
  if (current !== target) {
    await rm(path, { force: true });
    await symlink(target, path);
  }
}

function parseLinks(text: string): readonly LibraryLink[] {
  const links: unknown = JSON.parse(text);
  if (!Array.isArray(links) || !links.every(isLink)) {
    throw new Error('pg-symlinks.json of the embedded PostgreSQL has another form than expected');
  }
  return links;
}

function isLink(value: unknown): value is LibraryLink {
  return typeof value === 'object' && value !== null && 'source' in value && 'target' in value;
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
