import { readFileSync } from 'node:fs';
import { DEFAULT_PRIVACY_POLICY } from '@aegisguard/model';
import { suitePath } from '@aegisguard/testkit';
import { describe, expect, it } from 'vitest';
import { createSecretDetectors } from './create-secret-detectors.ts';
import { cleanLines } from './testing/clean-lines.ts';

const detectors = createSecretDetectors(DEFAULT_PRIVACY_POLICY);
const FIELD = { name: 'message', place: 'message' };

function findingsIn(lines: readonly string[]): string[] {
  const findings: string[] = [];
  for (const line of lines) {
    for (const detector of detectors) {
      detector.find(line, FIELD, (start, end) => {
        findings.push(
          `${detector.name}: ${line.slice(start, end)} in ${line.slice(Math.max(0, start - 60), end + 10)}`,
        );
      });
    }
  }
  return findings;
}

const apache = suitePath('logs-elastic/apache_logs/apache_logs');
const nginx = suitePath('logs-elastic/nginx/nginxplus_json_logs');

describe('clean telemetry', () => {
  it('has no secrets: ids, hashes, digests, blobs, keys of caches', () => {
    expect(findingsIn(cleanLines(7, 4000))).toEqual([]);
  });

  it.skipIf(apache === undefined || nginx === undefined)('has none in public logs', () => {
    const lines = [apache, nginx].flatMap((path) => readFileSync(path ?? '', 'utf8').split('\n'));
    expect(lines.length).toBeGreaterThan(10_000);
    expect(findingsIn(lines)).toEqual([]);
  });
});
