// Keeps other platforms' packages in package-lock.json. `npm install` drops an optional package that its registry lacks or that does not fit this machine, and `npm ci` then
// refuses the lockfile elsewhere. An entry with version, os and cpu is enough: npm skips it where it does not fit and fetches it by version where it does (docs/adr/0002).
//   node scripts/lockfile-platforms.ts           adds what is missing
//   node scripts/lockfile-platforms.ts --check   says what is missing, exit code 1
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';

/** One entry of `packages`, as far as it matters here. */
export interface LockEntry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly [member: string]: unknown;
}

/** package-lock.json, lockfileVersion 3. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

const OPERATING_SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
const LIBRARIES: Readonly<Record<string, string>> = { gnu: 'glibc', musl: 'musl' };
// Node's own packages are the only ones of their kind that bring a command, which npm links from the lockfile's word.
const COMMANDS: readonly (readonly [name: RegExp, bin: Readonly<Record<string, string>>])[] = [
  [/^node-(bin-)?(darwin|linux)-/, { node: 'bin/node' }],
];

/** The missing entries by their key in `packages`, and what could not be worked out. */
export function missingPlatforms(lockfile: Lockfile): { entries: Map<string, LockEntry>; problems: string[] } {
  const entries = new Map<string, LockEntry>();
  const problems: string[] = [];
  for (const [from, parent] of Object.entries(lockfile.packages)) {
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      if (resolveFrom(lockfile, from, name) !== undefined) continue;
      const entry = platformEntry(name, version, parent.dev === true);
      if (entry === undefined)
        problems.push(`${from || 'package.json'}: cannot tell the platform of ${name}@${version}`);
      else entries.set(`node_modules/${name}`, entry);
    }
  }
  return { entries, problems };
}

/** The lockfile with the entries added, in npm's order. */
export function withPlatforms(lockfile: Lockfile, entries: ReadonlyMap<string, LockEntry>): Lockfile {
  const all = [...Object.entries(lockfile.packages), ...entries];
  all.sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...lockfile, packages: Object.fromEntries(all) };
}

// Node's resolution: node_modules of the package itself, then of each folder above it.
function resolveFrom(lockfile: Lockfile, from: string, name: string): LockEntry | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const found = lockfile.packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`];
    if (found !== undefined || folder === '') return found;
  }
}

function platformEntry(name: string, version: string, dev: boolean): LockEntry | undefined {
  const words = (name.split('/').at(-1) ?? '').split('-');
  const os = OPERATING_SYSTEMS.find((word) => words.includes(word));
  const cpu = PROCESSORS.find((word) => words.includes(word));
  const library = Object.keys(LIBRARIES).find((word) => words.includes(word));
  const isExact = /^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version);
  if (cpu === undefined || (os === undefined && cpu !== 'wasm32') || !isExact) return undefined;
  const bin = COMMANDS.find(([pattern]) => pattern.test(name))?.[1];
  return {
    version,
    cpu: [cpu],
    ...(dev ? { dev } : {}),
    ...(os === 'linux' && library !== undefined ? { libc: [LIBRARIES[library]] } : {}),
    optional: true,
    ...(os !== undefined ? { os: [os] } : {}),
    ...(bin !== undefined ? { bin } : {}),
  };
}

if (import.meta.main) {
  const path = new URL('../package-lock.json', import.meta.url);
  const lockfile: Lockfile = JSON.parse(readFileSync(path, 'utf8'));
  const { entries, problems } = missingPlatforms(lockfile);
  for (const problem of problems) console.error(problem);
  if (process.argv.includes('--check')) {
    for (const [key, entry] of entries) console.error(`package-lock.json lacks ${key} ${entry.version}`);
    if (entries.size > 0) console.error('npm ci would fail on other machines. Add them: npm run lockfile-platforms');
    process.exitCode = entries.size + problems.length > 0 ? 1 : 0;
  } else {
    if (entries.size > 0) writeFileSync(path, `${JSON.stringify(withPlatforms(lockfile, entries), null, 2)}\n`);
    console.log(`package-lock.json: ${entries.size} entries added`);
    process.exitCode = problems.length > 0 ? 1 : 0;
  }
}
