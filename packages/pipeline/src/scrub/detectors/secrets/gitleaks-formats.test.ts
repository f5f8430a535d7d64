import { existsSync, readFileSync } from 'node:fs';
import { DEFAULT_PRIVACY_POLICY } from '@aegisguard/model';
import { suitePath } from '@aegisguard/testkit';
import { describe, expect, it } from 'vitest';
import { createSecretDetectors } from './create-secret-detectors.ts';
import { createSampler, type Sample, seededRandom } from './testing/pattern-sampler.ts';
import { entropyOf } from './token-shape.ts';

interface Rule {
  readonly id: string;
  readonly regex?: string;
  readonly entropy?: number;
}

const path = suitePath('pii-gitleaks', 'rules.json');
const rules =
  path === undefined || !existsSync(path) ? [] : (JSON.parse(readFileSync(path, 'utf8')) as { rules: Rule[] }).rules;

/** How the patterns of keys begin and go on that a name before them makes recognizable. */
const NAME_LEAD = /\[\\w\.-\]\{0,50\}\?/g;
const GAP = '(?:[ \\t\\w.-]{0,20})';
const VALUE_LEAD = '{0,5}(';

const detectors = createSecretDetectors(DEFAULT_PRIVACY_POLICY);
const FIELD = { name: 'message', place: 'message' };

/** Lines as programs and their configuration have them. */
const LINES: readonly ((name: string, value: string) => string)[] = [
  (name, value) => `${name}_key = "${value}"`,
  (name, value) => `${name.toUpperCase()}_API_KEY=${value}`,
  (name, value) => `level=info msg=loaded ${name}_token=${value} took=12ms`,
  (name, value) => `{"level":"info","${name}_secret":"${value}","ok":true}`,
  (name, value) => `const ${name}ApiKey = '${value}';`,
  (name, value) => `${name}: ${value}`,
  (name, value) => `  ${name}_client_id: "${value}"`,
  (name, value) => `export ${name.toUpperCase()}=${value}`,
  (name, value) => `"${name}Auth" => "${value}",`,
  (name, value) => `${name}_access_token := \`${value}\``,
  (name, value) => `process.env.${name.toUpperCase()}_KEY || "${value}"`,
  (name, value) => `using ${name} key: ${value}`,
];
const BARE_LINES: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) => `request with ${value} failed`,
  (value) => `{"value":"${value}"}`,
  (value) => `x=${value} y=2`,
  (value) => `line one\\n${value}`,
  (value) => `got '${value}', retrying`,
];

function isFound(line: string, secret: string): boolean {
  const at = line.indexOf(secret);
  let covered = 0;
  for (const detector of detectors) {
    detector.find(line, FIELD, (start, end) => {
      covered = Math.max(covered, Math.min(end, at + secret.length) - Math.max(start, at));
    });
  }
  // Characters at the ends, of a quote or a boundary, may be left.
  return covered >= Math.min(secret.length - 2, secret.length * 0.75);
}

function sampleAbove(sampler: (random: () => number) => Sample, random: () => number, entropy: number): Sample {
  let sample = sampler(random);
  for (let i = 0; i < 200 && entropyOf(sample.secret, 0, sample.secret.length) < entropy; i += 1) {
    sample = sampler(random);
  }
  return sample;
}

/** Patterns' own examples of a value cannot be made from these: they decode, or stand for whole documents. */
const MADE_ELSEWHERE: ReadonlySet<string> = new Set([
  'jwt',
  'jwt-base64',
  'private-key',
  'kubernetes-secret-yaml',
  'pkcs12-file',
]);
const SAMPLES = 24;

describe.skipIf(rules.length === 0)('forms of keys that gitleaks names', () => {
  it('finds at least 99.5 % over all rules', () => {
    const missed: string[] = [];
    let sum = 0;
    let count = 0;
    for (const [index, rule] of rules.entries()) {
      if (rule.regex === undefined || MADE_ELSEWHERE.has(rule.id)) {
        continue;
      }
      const random = seededRandom(index + 1);
      let found = 0;
      const gapAt = rule.regex.indexOf(GAP);
      const named =
        gapAt === -1
          ? undefined
          : createSampler(
              rule.regex
                .slice(0, gapAt)
                .replace(NAME_LEAD, '')
                .replace(/^\(\?i:\(/, '(?i:('),
            );
      const valued = createSampler(
        gapAt === -1 ? rule.regex : rule.regex.slice(rule.regex.indexOf(VALUE_LEAD) + VALUE_LEAD.length - 1),
      );
      for (let i = 0; i < SAMPLES; i += 1) {
        const { text, secret } = sampleAbove(valued, random, rule.entropy ?? 0);
        const line =
          named === undefined
            ? (BARE_LINES[i % BARE_LINES.length]?.(gapAt === -1 ? text.replace(/[\s;'"`]$/, '') : secret) ?? '')
            : (LINES[i % LINES.length]?.(named(random).text, secret) ?? '');
        if (isFound(line, secret)) {
          found += 1;
        } else {
          missed.push(`${rule.id}: ${line}`);
        }
      }
      sum += found / SAMPLES;
      count += 1;
    }
    expect(sum / count, missed.join('\n')).toBeGreaterThanOrEqual(0.995);
  });
});
