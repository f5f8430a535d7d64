import { execFile } from 'node:child_process';
import { existsSync, globSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import type { Skipped } from './run-tests.ts';

/** A program that some tests need and npm does not have. */
interface Tool {
  readonly package: string;
  readonly isThere: () => boolean;
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
    package: 'chromium',
    isThere: () => ['chromium', 'chromium-browser', 'google-chrome'].some(isOnPath),
    tests: 'tests in a browser',
  },
];

// Where it exists, Debian's maintainer scripts ask it before they start a service (https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt); 101 forbids.
const POLICY = '/usr/sbin/policy-rc.d';

/** Installs the missing tools on Debian as root, without starting their services; gives what stays missing, and why. */
export async function installTools(): Promise<Skipped[]> {
  const missing = TOOLS.filter((tool) => !tool.isThere());
  if (missing.length === 0) return [];
  const obstacle = installObstacle() ?? (await install(missing.map((tool) => tool.package)));
  return missing
    .filter((tool) => !tool.isThere())
    .map((tool) => ({
      name: tool.tests,
      reason: `${tool.package} is missing: ${obstacle ?? 'apt-get did not bring it'}`,
    }));
}

function installObstacle(): string | undefined {
  const isDebian = existsSync('/etc/debian_version') && isOnPath('apt-get');
  if (!isDebian) return 'it is installed automatically on Debian only';
  return process.getuid?.() === 0 ? undefined : 'installing it takes root';
}

async function install(packages: readonly string[]): Promise<string | undefined> {
  console.log(`Installing ${packages.join(', ')} with apt-get …`);
  const hadPolicy = existsSync(POLICY);
  if (!hadPolicy) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return (
      (await aptGet('update', '--quiet')) ??
      (await aptGet('install', '--yes', '--quiet', '--no-install-recommends', ...packages))
    );
  } finally {
    if (!hadPolicy) rmSync(POLICY, { force: true });
  }
}

/** Why it failed; undefined when it did not. */
function aptGet(...args: string[]): Promise<string | undefined> {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: Number.POSITIVE_INFINITY };
  return new Promise((resolve) => {
    execFile('apt-get', args, options, (error, _, stderr) => {
      const lastLine = stderr.trim().split('\n').at(-1);
      resolve(error === null ? undefined : `apt-get ${args[0]} failed: ${lastLine || error.message}`);
    });
  });
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => folder !== '' && existsSync(`${folder}/${program}`));
}
