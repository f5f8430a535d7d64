import { execFile } from 'node:child_process';
import { existsSync, globSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import type { Skipped } from './run-tests.ts';

/** A program that some tests need and npm does not have. */
interface Tool {
  readonly package: string;
  readonly isThere: () => boolean;
  /** Whether there is something that does in its place, though not as well. */
  readonly isReplaced?: () => boolean;
  /** Which tests do without it. */
  readonly tests: string;
}

const TOOLS: readonly Tool[] = [
  { package: 'redis-server', isThere: () => isOnPath('redis-server'), tests: 'tests against a Redis server' },
  {
    package: 'postgresql',
    isThere: () => globSync('/usr/lib/postgresql/*/bin/postgres').length > 0 || isOnPath('postgres'),
    tests: 'tests against a PostgreSQL server of the machine',
  },
  { package: 'prometheus', isThere: () => isOnPath('prometheus'), tests: 'tests against a Prometheus server' },
  {
    // Without windows: opening one takes a second of a processor, which is more than most pages do.
    package: 'chromium-headless-shell',
    isThere: () => isOnPath('chromium-headless-shell'),
    isReplaced: () => isOnPath('chromium'),
    tests: 'tests in a browser',
  },
];

// Where it exists, Debian's maintainer scripts ask it before they start a service (https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt); 101 forbids.
const POLICY = '/usr/sbin/policy-rc.d';

/** Installs the missing tools on Debian as root, without starting their services; gives what stays missing, and why. */
export async function installTools(): Promise<Skipped[]> {
  const missing = TOOLS.filter((tool) => !tool.isThere());
  if (missing.length === 0) return [];
  const obstacle = installObstacle();
  const obstacles = obstacle === undefined ? await install(missing) : new Map(missing.map((tool) => [tool, obstacle]));
  return missing
    .filter((tool) => !tool.isThere() && tool.isReplaced?.() !== true)
    .map((tool) => ({
      name: tool.tests,
      reason: `${tool.package} is missing: ${obstacles.get(tool) ?? 'apt-get did not bring it'}`,
    }));
}

function installObstacle(): string | undefined {
  const isDebian = existsSync('/etc/debian_version') && isOnPath('apt-get');
  if (!isDebian) return 'it is installed automatically on Debian only';
  return process.getuid?.() === 0 ? undefined : 'installing it takes root';
}

/** What kept each from being installed: one by one, since not every Debian has them all. */
async function install(tools: readonly Tool[]): Promise<ReadonlyMap<Tool, string>> {
  const packages = tools.map((tool) => tool.package).join(', ');
  console.log(`Installing ${packages} with apt-get, in the background …`);
  const hadPolicy = existsSync(POLICY);
  if (!hadPolicy) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const outdated = await aptGet('update', '--quiet');
    const obstacles = new Map<Tool, string>();
    for (const tool of tools) {
      const obstacle =
        outdated ?? (await aptGet('install', '--yes', '--quiet', '--no-install-recommends', tool.package));
      if (obstacle !== undefined) obstacles.set(tool, obstacle);
    }
    return obstacles;
  } finally {
    if (!hadPolicy) rmSync(POLICY, { force: true });
  }
}

/** Why it failed; undefined when it did not. */
function aptGet(...args: string[]): Promise<string | undefined> {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: Number.POSITIVE_INFINITY };
  return new Promise((resolve) => {
    // A machine without a network is to know soon.
    execFile('apt-get', ['-o', 'Acquire::http::Timeout=20', ...args], options, (error, _, stderr) => {
      const lastLine = stderr.trim().split('\n').at(-1);
      resolve(error === null ? undefined : `apt-get ${args[0]} failed: ${lastLine || error.message}`);
    });
  });
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => folder !== '' && existsSync(`${folder}/${program}`));
}
