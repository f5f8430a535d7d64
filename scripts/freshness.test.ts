import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint, isInstalled, Stamps } from './freshness.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'aegis-freshness-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: string | object): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
}

describe('fingerprint', () => {
  const wanted = /\.ts$/;
  const take = () => fingerprint(root, ['src', 'tsconfig.json'], wanted);

  it('changes with the content, the name and the number of wanted files', () => {
    write('src/a.ts', '1');
    const seen = [take()];
    write('src/a.ts', '2');
    seen.push(take());
    write('src/deep/b.ts', '');
    seen.push(take());
    rmSync(join(root, 'src/deep'), { recursive: true });
    write('src/deep/c.ts', '');
    seen.push(take());
    write('tsconfig.json', '{}');
    seen.push(take());
    expect(new Set(seen).size).toBe(5);
  });

  it('ignores times, other files and folders of results', () => {
    write('src/a.ts', '1');
    const before = take();
    utimesSync(join(root, 'src/a.ts'), 1, 1);
    write('src/notes.md', 'x');
    write('src/dist/a.ts', 'x');
    write('src/node_modules/m/a.ts', 'x');
    write('src/generated/a.ts', 'x');
    expect(take()).toBe(before);
  });
});

describe('isInstalled', () => {
  const entry = { version: '1.0.0', integrity: 'sha512-a' };
  const lock = (packages: object) => write('package-lock.json', { packages });
  const present = (packages: object) => write('node_modules/.package-lock.json', { packages });

  it('is false without node_modules and after an install that did not finish', () => {
    lock({ 'node_modules/a': entry });
    expect(isInstalled(root)).toBe(false);
    write('node_modules/a/package.json', '{}');
    expect(isInstalled(root)).toBe(false);
  });

  it('wants every package in its version, and lets optional ones be absent', () => {
    lock({ '': {}, 'packages/x': {}, 'node_modules/a': entry, 'node_modules/b': { version: '1.0.0', optional: true } });
    present({ 'node_modules/a': entry });
    expect(isInstalled(root)).toBe(true);
    present({ 'node_modules/a': { ...entry, version: '1.0.1' } });
    expect(isInstalled(root)).toBe(false);
    present({ 'node_modules/a': { ...entry, integrity: 'sha512-b' } });
    expect(isInstalled(root)).toBe(false);
    present({});
    expect(isInstalled(root)).toBe(false);
  });
});

describe('Stamps', () => {
  it('remembers from one run to the next', () => {
    write('node_modules/.keep', '');
    new Stamps(root).set('web', 'abc');
    new Stamps(root).set('server', 'def');
    expect(new Stamps(root).values).toEqual({ web: 'abc', server: 'def' });
  });

  it('starts from nothing when the file is torn', () => {
    write('node_modules/.aegisguard-prepare.json', '{"web":');
    expect(new Stamps(root).values).toEqual({});
  });
});
