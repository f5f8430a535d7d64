// The architecture diagram as a table (ARCHITECTURE.md), and a check that the imports follow it: node scripts/check-imports.ts
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { type SourceFile, sourceFiles } from './source-files.ts';

/** What the files of a folder may import of ours, and why no more. */
interface Rule {
  readonly folder: string;
  readonly mayImport: readonly string[];
  readonly because: string;
}

const ENGINES_APART =
  'query languages, engines and drivers never see each other: they meet in the contracts that packages/model declares, and apps/api puts them together';
const ROLES_APART =
  'the folders of apps/api are parts that could run in different processes: they share apps/api/src/platform and packages; what two of them need becomes a package, and main wires them';

/** The most specific row that contains a file counts. Paths of packages stand for their names, too. */
const RULES: readonly Rule[] = [
  {
    folder: 'packages/model',
    mayImport: [],
    because: 'model holds the words that everything else is written in, so it can import nothing of ours',
  },
  { folder: 'packages/config', mayImport: ['packages/model'], because: 'config only reads the environment' },
  { folder: 'packages/protocols', mayImport: ['packages/model'], because: ENGINES_APART },
  {
    folder: 'packages/pipeline',
    mayImport: ['packages/logql', 'packages/model'],
    because: 'stages are pure: records in, records out; rules of organizations select logs as LogQL does',
  },
  { folder: 'packages/queue', mayImport: ['packages/model'], because: ENGINES_APART },
  { folder: 'packages/limits', mayImport: ['packages/model'], because: ENGINES_APART },
  { folder: 'packages/ingest-ids', mayImport: ['packages/model'], because: ENGINES_APART },
  { folder: 'packages/tail', mayImport: ['packages/model'], because: ENGINES_APART },
  { folder: 'packages/outgoing', mayImport: ['packages/model'], because: ENGINES_APART },
  { folder: 'packages/storage', mayImport: ['packages/model'], because: ENGINES_APART },
  { folder: 'packages/accounts', mayImport: ['packages/model'], because: ENGINES_APART },
  {
    folder: 'packages/logql',
    mayImport: ['packages/model'],
    because: 'LogQL reads through LogReader of packages/model and knows no database',
  },
  {
    folder: 'packages/traceql',
    mayImport: ['packages/model'],
    because: 'TraceQL reads through SpanQueryReader of packages/model and knows no database',
  },
  {
    folder: 'packages/promql',
    mayImport: ['packages/model'],
    because: 'PromQL reads through MetricReader of packages/model and knows no database',
  },
  {
    folder: 'packages/embedded-postgres',
    mayImport: ['packages/model'],
    because: 'it runs a PostgreSQL and knows nothing of what is in it',
  },
  {
    folder: 'packages/supervision',
    mayImport: [],
    because: 'it is about processes, whatever they do',
  },
  {
    folder: 'packages/testkit',
    mayImport: ['packages/model', 'packages/embedded-postgres'],
    because: 'every test may use testkit, so what it imports would be imported by everything',
  },
  {
    folder: 'apps/api',
    mayImport: [
      'packages/accounts',
      'packages/config',
      'packages/ingest-ids',
      'packages/limits',
      'packages/logql',
      'packages/model',
      'packages/outgoing',
      'packages/pipeline',
      'packages/promql',
      'packages/protocols',
      'packages/queue',
      'packages/storage',
      'packages/tail',
      'packages/traceql',
      'apps/api',
    ],
    because: 'the server gets a database URL; the launcher runs PostgreSQL, and programs never import one another',
  },
  {
    folder: 'apps/launcher',
    mayImport: ['packages/config', 'packages/embedded-postgres', 'packages/model', 'packages/supervision'],
    because:
      'the launcher must stay small and alive when the server is not: it starts programs, it does not import them',
  },
  {
    folder: 'apps/demo',
    mayImport: ['packages/config', 'packages/embedded-postgres', 'packages/model', 'packages/supervision'],
    because: 'the demo is a customer: it uses the product over HTTP, and starts the launcher as people do',
  },
  {
    folder: 'apps/web',
    mayImport: ['packages/logql', 'packages/model', 'packages/promql', 'packages/traceql'],
    because: 'the browser gets nothing but the words of packages/model; everything else comes through HTTP',
  },
  {
    folder: 'bench',
    mayImport: [
      'packages/logql',
      'packages/model',
      'packages/pipeline',
      'packages/queue',
      'packages/storage',
      'packages/testkit',
    ],
    because:
      'the bench measures the product from outside, as a client; drivers and pipelines may be measured on their own',
  },
  {
    folder: 'test',
    mayImport: ['packages/accounts', 'packages/model', 'packages/queue', 'packages/testkit'],
    because:
      'stories use the product from outside, as a client; only accounts in the database and broken batches in Redis may be prepared',
  },
  {
    folder: 'scripts',
    mayImport: ['packages/config'],
    because: 'scripts look at the sources and run commands; they are not part of the product',
  },
];

/** Folders whose subfolders must not import one another, but for `shared`, which all may import and which imports none of the others. Files directly in the folder wire them. */
const SEPARATE: readonly { readonly folder: string; readonly shared: readonly string[]; readonly because: string }[] = [
  { folder: 'apps/api/src', shared: ['platform'], because: ROLES_APART },
  { folder: 'packages/queue/src/drivers', shared: [], because: ENGINES_APART },
  { folder: 'packages/limits/src/drivers', shared: [], because: ENGINES_APART },
  { folder: 'packages/ingest-ids/src/drivers', shared: [], because: ENGINES_APART },
  { folder: 'packages/tail/src/drivers', shared: [], because: ENGINES_APART },
  { folder: 'packages/storage/src/drivers', shared: [], because: ENGINES_APART },
];

/** One sentence for each import that the table does not allow. `manifests` has the packages that each folder's package.json declares; '' is the root's. */
export function importViolations(
  files: readonly SourceFile[],
  manifests: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  return files.flatMap((file) =>
    importsOf(file.text).flatMap(({ specifier, line }) => {
      const problem = violation(file.path, specifier, manifests);
      return problem === undefined ? [] : [`${file.path}:${line} imports ${specifier}: ${problem}`];
    }),
  );
}

function violation(
  path: string,
  specifier: string,
  manifests: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  const rule = ruleOf(path);
  if (rule === undefined)
    return 'this folder has no row in scripts/check-imports.ts; add one that says what it may import';
  if (isBuiltin(specifier)) return undefined;
  if (specifier.startsWith('.')) return relativeViolation(path, posix.join(posix.dirname(path), specifier), rule);
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const isDeclared = [rule.folder, ''].some((folder) => manifests.get(folder)?.has(name));
  if (!name.startsWith('@aegisguard/')) return isDeclared || isAlias(specifier) ? undefined : undeclared(name, rule);
  const target = name.replace('@aegisguard/', 'packages/');
  const isForTests = target === 'packages/testkit' && isTest(path) && rule.folder !== 'packages/model';
  if (!rule.mayImport.includes(target) && !isForTests) return rule.because;
  return isDeclared ? undefined : undeclared(name, rule);
}

function relativeViolation(path: string, target: string, rule: Rule): string | undefined {
  if (!`${target}/`.startsWith(`${rule.folder}/`)) {
    return `a relative path must stay inside ${rule.folder}; what lies outside is imported by its package's name`;
  }
  for (const { folder, shared, because } of SEPARATE) {
    const from = childFolder(folder, path);
    const to = childFolder(folder, target);
    if (
      from !== undefined &&
      from !== to &&
      (to === undefined || !shared.includes(to)) &&
      target.startsWith(`${folder}/`)
    ) {
      return because;
    }
  }
  return undefined;
}

// The name of the subfolder of `folder` that the file is in; undefined for files directly in it.
function childFolder(folder: string, path: string): string | undefined {
  if (!path.startsWith(`${folder}/`)) return undefined;
  const [child, ...rest] = path.slice(folder.length + 1).split('/');
  return rest.length === 0 ? undefined : child;
}

function undeclared(name: string, rule: Rule): string {
  return `${name} is not in ${rule.folder}/package.json; it is only there because something else brought it`;
}

// `@/…` is the web application's name for its own src.
function isAlias(specifier: string): boolean {
  return specifier.startsWith('@/') || specifier.startsWith('#');
}

/** Tests, and what only they use: folders named `testing`. */
function isTest(path: string): boolean {
  return /\.test\.tsx?$|\/testing\//.test(path);
}

function ruleOf(path: string): Rule | undefined {
  return RULES.find((rule) => path.startsWith(`${rule.folder}/`));
}

const IMPORT =
  /(?:^|\n)[ \t]*(?:import|export)\b[^'";]*?\bfrom\s*'([^'\n]+)'|(?:^|\n)[ \t]*import\s*'([^'\n]+)'|\bimport\(\s*'([^'\n]+)'/g;

// The formatter's style makes a pattern enough: statements begin a line, quotes are single. Type-only imports count, for they too make one part know another.
function importsOf(text: string): { specifier: string; line: number }[] {
  return [...text.matchAll(IMPORT)].map((match) => ({
    specifier: match[1] ?? match[2] ?? match[3] ?? '',
    line: text.slice(0, match.index + match[0].length).split('\n').length,
  }));
}

function readManifests(root: URL): Map<string, ReadonlySet<string>> {
  const folders = ['', ...RULES.map((rule) => rule.folder).filter((folder) => folder !== 'scripts')];
  return new Map(
    folders.map((folder) => {
      const manifest = JSON.parse(readFileSync(new URL(`${folder}/package.json`.replace(/^\//, ''), root), 'utf8'));
      const groups = [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies];
      return [folder, new Set(groups.flatMap((group) => Object.keys(group ?? {})))];
    }),
  );
}

if (import.meta.main) {
  const root = new URL('../', import.meta.url);
  const problems = importViolations(sourceFiles(fileURLToPath(root)), readManifests(root));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
