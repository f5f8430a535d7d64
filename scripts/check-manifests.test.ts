import { describe, expect, it } from 'vitest';
import { type Manifest, manifestProblems } from './check-manifests.ts';

function check(manifest: Manifest, locked: Manifest = manifest): string[] {
  return manifestProblems(new Map([['apps/web', manifest]]), { packages: { 'apps/web': { ...locked } } });
}

describe('manifestProblems', () => {
  it('takes exact versions and links to our own packages', () => {
    expect(
      check({ dependencies: { react: '19.3.1', '@aegisguard/model': '*' }, devDependencies: { x: '1.0.0-rc.2' } }),
    ).toEqual([]);
  });

  it.each(['^1.2.3', '~1.2.3', '1.x', '*', 'latest', '>=1.0.0'])('refuses %s', (version) => {
    expect(check({ dependencies: { react: version } })).toEqual([
      `apps/web/package.json: react is ${version}, it must be an exact version`,
    ]);
  });

  it('refuses a version of our own package', () => {
    expect(check({ dependencies: { '@aegisguard/model': '0.1.0' } })).toEqual([
      'apps/web/package.json: @aegisguard/model is 0.1.0, it must be *',
    ]);
  });

  it('wants the lockfile to say the same', () => {
    const manifest = { dependencies: { react: '19.3.1', zod: '4.6.7' } };
    expect(check(manifest, { dependencies: { react: '19.3.0', uplot: '1.6.32' } })).toEqual([
      'apps/web/package.json: react is 19.3.1, in package-lock.json 19.3.0; run npm install',
      'apps/web/package.json: zod is 4.6.7, in package-lock.json absent; run npm install',
      'apps/web/package.json: uplot is absent, in package-lock.json 1.6.32; run npm install',
    ]);
  });
});
