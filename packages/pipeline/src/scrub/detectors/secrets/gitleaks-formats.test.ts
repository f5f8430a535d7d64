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

/** Not made from their patterns: values that decode, whole documents, and command lines; the detectors' own tests have them. A file name has no text. */
const MADE_ELSEWHERE: ReadonlySet<string> = new Set([
  'jwt',
  'jwt-base64',
  'private-key',
  'kubernetes-secret-yaml',
  'pkcs12-file',
  'curl-auth-header',
  'curl-auth-user',
]);
const SAMPLES = 24;

/** Rules whose pattern has no name, though a name (gitleaks' keyword) must be near; and those whose name is whole, so that nothing may be put behind it. */
const NAMES: Readonly<Record<string, string>> = { 'sourcegraph-access-token': 'sourcegraph' };
/** Rules that take a user's name for a part of the secret; it stays. */
const WITH_USER: ReadonlySet<string> = new Set(['sidekiq-sensitive-url']);
const WHOLE_NAMES: ReadonlySet<string> = new Set(['generic-api-key', 'hashicorp-tf-password']);
const WHOLE_NAME_LINES: readonly ((name: string, value: string) => string)[] = [
  (name, value) => `${name} = "${value}"`,
  (name, value) => `{"my_${name}": "${value}"}`,
  (name, value) => `x=1 ${name.toUpperCase()}=${value} y=2`,
];

interface RuleLines {
  readonly id: string;
  line(i: number): readonly [line: string, secret: string];
}

function linesOf(rule: Rule, index: number): RuleLines | undefined {
  const { id, regex, entropy = 0 } = rule;
  if (regex === undefined || MADE_ELSEWHERE.has(id)) {
    return undefined;
  }
  const random = seededRandom(index + 1);
  const gapAt = regex.indexOf(GAP);
  const nameIn = gapAt === -1 ? undefined : createSampler(regex.slice(0, gapAt).replace(NAME_LEAD, ''));
  const valueIn = createSampler(gapAt === -1 ? regex : regex.slice(regex.indexOf(VALUE_LEAD) + VALUE_LEAD.length - 1));
  const named = WHOLE_NAMES.has(id) ? WHOLE_NAME_LINES : LINES;
  return {
    id,
    line: (i) => {
      const sample = sampleAbove(valueIn, random, entropy);
      const name = NAMES[id] ?? nameIn?.(random).text.replace(',', '');
      const bare = sample.secret.replaceAll('"', '');
      const secret = WITH_USER.has(id) ? bare.slice(bare.indexOf(':') + 1) : bare;
      return name === undefined
        ? [BARE_LINES[i % BARE_LINES.length]?.(sample.text.replace(/[\s;'"`]$/, '')) ?? '', secret]
        : [named[i % named.length]?.(name, secret) ?? '', secret];
    },
  };
}

describe.skipIf(rules.length === 0)('forms of keys that gitleaks names', () => {
  const cases = rules.map(linesOf).filter((lines) => lines !== undefined);

  it('finds at least 99.5 % over all rules', () => {
    const missed: string[] = [];
    for (const { id, line } of cases) {
      for (let i = 0; i < SAMPLES; i += 1) {
        const [text, secret] = line(i);
        if (!isFound(text, secret)) {
          missed.push(`${id}: ${text}`);
        }
      }
    }
    expect(cases.length).toBeGreaterThan(200);
    expect(1 - missed.length / (cases.length * SAMPLES), missed.join('\n')).toBeGreaterThanOrEqual(0.995);
  });
});
