// Which of the things that prepare.mjs makes are up to date. Runs on any Node >= 20 with nothing installed.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'bundle', 'dist-types', 'generated']);

/**
 * Digest of the content of files and folders (paths under `root`; a missing one counts as empty), so that a checkout that touches every file makes nothing stale.
 * @param {string} root
 * @param {readonly string[]} paths
 * @param {RegExp} wanted which file names count inside folders
 */
export function fingerprint(root, paths, wanted = /./) {
  const hash = createHash('sha256');
  for (const path of paths) addToHash(hash, root, path, wanted);
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} root
 * @param {string} path
 * @param {RegExp} wanted
 */
function addToHash(hash, root, path, wanted) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (stat.isFile()) {
    hash.update(`${path}\0${stat.size}\0`).update(readFileSync(join(root, path)));
    return;
  }
  const entries = readdirSync(join(root, path), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const isSkipped = entry.isDirectory() ? SKIPPED_FOLDERS.has(entry.name) : !wanted.test(entry.name);
    if (!isSkipped) addToHash(hash, root, `${path}/${entry.name}`, wanted);
  }
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes its own lockfile there at the very end of an install, so an interrupted one does not pass.
 * Optional packages are not asked for: those of other platforms are never there.
 * @param {string} root
 */
export function isInstalled(root) {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages;
  const present = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(([key, entry]) => {
    if (!key.includes('node_modules/') || entry.optional === true) return true;
    const found = present[key];
    return found !== undefined && found.version === entry.version && found.integrity === entry.integrity;
  });
}

/** Remembers, inside node_modules, from which inputs each step's result was made. */
export class Stamps {
  /** @param {string} root */
  constructor(root) {
    this.path = join(root, 'node_modules', '.aegisguard-prepare.json');
    /** @type {Record<string, string>} */
    this.values = readJson(this.path) ?? {};
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  set(name, value) {
    this.values[name] = value;
    writeFileSync(this.path, `${JSON.stringify(this.values, null, 2)}\n`);
  }
}

/** @param {string} path */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
