import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from './config-error.ts';
import { loadConfig } from './load-config.ts';
import { loadSecrets, secretsToEnv } from './secrets.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'aegis-secrets-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const load = (env: Record<string, string> = {}) => {
  const full = { AEGIS_DATA_DIR: dataDir, ...env };
  return loadSecrets(loadConfig(full), full);
};
const modeOf = (...path: string[]) => statSync(join(dataDir, ...path)).mode & 0o777;

describe('loadSecrets', () => {
  it('makes secrets on the first call and finds them again', () => {
    const first = load();
    expect(first.masterKey).toHaveLength(32);
    expect(first.jwtSecret.length).toBeGreaterThanOrEqual(32);
    expect(load()).toEqual(first);
    expect(readdirSync(join(dataDir, 'secrets')).sort()).toEqual(['jwt-secret', 'master-key']);
  });

  it('keeps them from other users, even where the modes were wider', () => {
    load();
    chmodSync(join(dataDir, 'secrets'), 0o755);
    chmodSync(join(dataDir, 'secrets', 'master-key'), 0o644);
    load();
    expect([modeOf('secrets'), modeOf('secrets', 'master-key'), modeOf('secrets', 'jwt-secret')]).toEqual([
      0o700, 0o600, 0o600,
    ]);
  });

  it('prefers the environment and then writes nothing', () => {
    const env = { AEGIS_MASTER_KEY: 'ff'.repeat(32), AEGIS_JWT_SECRET: 'ünïcode-'.repeat(4) };
    const secrets = load(env);
    expect(secrets.masterKey).toEqual(Buffer.alloc(32, 0xff));
    expect(secrets.jwtSecret).toEqual(Buffer.from(env.AEGIS_JWT_SECRET, 'utf8'));
    expect(readdirSync(dataDir)).toEqual([]);
    expect(secrets.formerJwtSecrets).toEqual([]);
  });

  it('takes former keys of tokens', () => {
    const former = ['a'.repeat(32), 'ü'.repeat(32)];
    const { formerJwtSecrets } = load({ AEGIS_JWT_SECRET_PREVIOUS: former.join(', ') });
    expect(formerJwtSecrets).toEqual(former.map((text) => Buffer.from(text, 'utf8')));
  });

  it('hands them on unchanged', () => {
    const secrets = load();
    const again = load({ AEGIS_DATA_DIR: join(dataDir, 'other'), ...secretsToEnv(secrets) });
    expect(again).toEqual(secrets);
  });

  it('names a file that holds no usable secret, without its content', () => {
    mkdirSync(join(dataDir, 'secrets'));
    writeFileSync(join(dataDir, 'secrets', 'master-key'), 'half-a-key');
    expect(() => load()).toThrow(ConfigError);
    expect(() => load()).toThrow(/master-key does not hold a usable secret/);
    expect(() => load()).not.toThrow(/half-a-key/);
  });

  it('agrees among processes that start at the same moment', async () => {
    const script = `
      const { loadConfig, loadSecrets, secretsToEnv } = await import(process.argv[1]);
      process.stdout.write(JSON.stringify(secretsToEnv(loadSecrets(loadConfig()))));`;
    const index = new URL('./index.ts', import.meta.url).href;
    const runs = Array.from({ length: 4 }, async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, index], {
        env: { ...process.env, AEGIS_DATA_DIR: dataDir },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let text = '';
      child.stdout.on('data', (chunk) => {
        text += chunk;
      });
      await once(child, 'close');
      return text;
    });
    const texts = new Set(await Promise.all(runs));
    expect(texts.size).toBe(1);
    expect([...texts][0]).toContain(readFileSync(join(dataDir, 'secrets', 'master-key'), 'utf8').trim());
  });
});
