import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Config } from './config.ts';
import { renderEnvExample } from './env-example.ts';
import { loadConfig } from './load-config.ts';

describe('.env.example', () => {
  const file = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');

  it('is what the schema says (npm run env-example writes it)', () => {
    expect(file).toBe(renderEnvExample());
  });

  it('shows the real defaults', () => {
    const shown = [...file.matchAll(/^# ([A-Z_]+)=(.*)$/gm)].map((match) => [match[1], match[2]]);
    const values = ({ otlpGrpc, otlpHttp, ...config }: Config) => ({
      ...config,
      ports: [otlpGrpc.port, otlpHttp.port],
    });
    expect(values(loadConfig(Object.fromEntries(shown), '/srv'))).toEqual(values(loadConfig({}, '/srv')));
    expect(shown.length).toBeGreaterThan(15);
  });
});
