import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RuleGroupRequest } from '@aegisguard/model';
import { suitePath } from '@aegisguard/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRuleFile } from './read-rule-file.ts';
import { writeRuleFile } from './write-rule-file.ts';

/** What is refused, as `line:column message`. */
function refusals(text: string): readonly string[] {
  try {
    readRuleFile(text);
    return [];
  } catch (error) {
    const { members } = error as { members: { errors: { line: number; column: number; message: string }[] } };
    return members.errors.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }
}

const promtool = suitePath('prometheus-promtool');
const kubernetes = suitePath('kube-prometheus');

/** Each merges the one before twenty times. */
function merges(count: number): string {
  const line = (at: number) => `a${at}: &a${at} {<<: [${`*a${at - 1},`.repeat(20)}]}\n`;
  return `a0: &a0 {name: x}\n${Array.from({ length: count }, (_, at) => line(at + 1)).join('')}`;
}

const anyText = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20 }),
  fc.constantFrom(
    'yes',
    'null',
    '~',
    '12:30',
    '1e3',
    '0x1f',
    '<<',
    '#',
    'a: b',
    '- a',
    "'",
    '"',
    '*a',
    '&a',
    'é\u{1f600}',
    '`\n x',
    '\t',
  ),
);
const anyExpression = fc
  .tuple(
    fc.constantFrom(
      '1',
      'up',
      'sum by (job) (\n  rate(x[5m])\n)',
      '# why\nup',
      'up{a="\u00e9: #"} > bool 0',
      'time()\n\n\n+ 1',
    ),
    anyText,
  )
  .map(([expr, text]) => `${expr} # ${text.replaceAll(/[\r\n]/g, ' ')}`.trim());
const anyGroup = fc.record({
  name: anyText.filter((text) => RuleGroupRequest.shape.name.safeParse(text).success).map((text) => text.trim()),
  intervalSeconds: fc.integer({ min: 5, max: 86_400 }),
  limit: fc.nat({ max: 1000 }),
  rules: fc.array(
    fc.record({
      record: anyText.map((text) => text.replaceAll(/[{}]/g, '').trim()).filter((text) => text !== ''),
      expr: anyExpression,
      labels: fc.dictionary(
        anyText.filter((text) => text !== '__proto__'),
        anyText,
        { maxKeys: 3 },
      ),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  enabled: fc.constant(true),
});

it('what is written is read as the same, and is YAML that can be written again', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyGroup, { selector: ({ name }) => name, maxLength: 4 }), (groups) => {
      const text = writeRuleFile(groups);
      expect(readRuleFile(text)).toEqual({ groups, notCarried: [] });
      expect(writeRuleFile(readRuleFile(text).groups)).toBe(text);
    }),
    { numRuns: 50 },
  );
});

describe('a rule file', () => {
  it('becomes groups with their rules; what is not evaluated here is named with its line', () => {
    const file = readRuleFile(`
groups:
  - name: &name  job
    interval: 1m30s
    query_offset: 10s
    limit: 7
    labels: {team: a, tier: gold}
    rules:
      - record: job:up:sum
        expr: |
          sum by (job) (up)
        labels: &labels
          team: b
      - alert: Down
        expr: up == 0
        for: 5m
        annotations: {summary: 'It {{ $value }}'}
      - record: one
        expr: 1
        labels:
          <<: *labels
          more: 5
  - name: alerts
    rules: [{alert: A, expr: up}]
---
ignored
`);
    expect(file.groups).toEqual([
      {
        name: 'job',
        intervalSeconds: 90,
        limit: 7,
        rules: [
          { record: 'job:up:sum', expr: 'sum by (job) (up)', labels: { team: 'b', tier: 'gold' } },
          { record: 'one', expr: '1', labels: { team: 'b', tier: 'gold', more: '5' } },
        ],
        enabled: true,
      },
    ]);
    expect(file.notCarried.map(({ line, group, what }) => [line, group, what])).toEqual([
      [1, null, 'further documents'],
      [5, 'job', 'query_offset'],
      [14, 'job', 'Down'],
      [24, 'alerts', 'A'],
    ]);
  });

  it.each([
    ['groups: [', /^1:\d+ /],
    ['groups:\n  - name: a\n    name: b', /^3:5 Map keys must be unique/],
    ['groups: 5', /^1:9 groups must be a list/],
    ['rules: []', /^1:8 field rules not found in a rule file/],
    ['groups:\n  - rules: []', /^2:5 Groupname must not be empty/],
    [
      'groups:\n  - {name: a, interval: 1s, rules: [{record: a, expr: up}]}',
      /^2:25 interval 1s: whole seconds, at least 5s/,
    ],
    ['groups:\n  - {name: a, interval: soon}', /^2:25 not a valid duration string: "soon"/],
    ['groups:\n  - {name: a, limit: -1}', /^2:22 limit must be a whole number/],
    [
      'groups:\n  - name: a\n    rules:\n      - record: a\n        expr: up[5m]',
      /^5:15 group "a", rule 1, "a": the expression is a matrix/,
    ],
    [
      'groups:\n  - name: a\n    rules:\n      - record: a\n        expr: sum(',
      /^5:15 group "a", rule 1, "a": could not parse expression: at position 4/,
    ],
    ['groups:\n  - &a\n    <<: *a\n    name: x', /a group must be a map/],
    ['groups:\n  - *nowhere', /^2:5 there is no anchor nowhere/],
  ])('is refused with the place: %j', (text, wanted) => {
    expect(refusals(text)[0]).toMatch(wanted);
  });

  it('of ten thousand aliases of one another is refused, and soon', () => {
    const lines = Array.from({ length: 30 }, (_, at) => `a${at}: &a${at} [${`*a${at - 1},`.repeat(at === 0 ? 0 : 9)}]`);
    expect(refusals(lines.join('\n')).length).toBeGreaterThan(0);
  });

  it.each([
    ['merges of merges', `${merges(8)}groups: [*a8]`],
    [
      'the same rules in many groups',
      `groups:\n- {name: a, rules: &a [${'{record: a, expr: up},'.repeat(5000)}]}\n${Array.from({ length: 500 }, (_, at) => `- {name: b${at}, rules: *a}\n`).join('')}`,
    ],
    [
      'one long expression in many rules',
      `groups:\n- {name: a, rules: [{record: a, expr: &a 'up{a="${'a'.repeat(9000)}"}'},${'{record: a, expr: *a},'.repeat(5000)}]}`,
    ],
  ])('of %s is refused, and soon', (_, text) => {
    expect(refusals(text).at(-1)).toMatch(/with its aliases written out the file has more than 500000 characters$/);
  });

  it('of many large regular expressions is refused, and soon', () => {
    const rule = `{record: a, expr: 'up{a=~"(aaaa){900}"}'},`;
    expect(refusals(`groups:\n- {name: a, rules: [${rule.repeat(500)}]}`)[0]).toMatch(
      /the regular expressions of this request are too large together/,
    );
  });

  it('of nothing has no groups', () => {
    expect(readRuleFile('')).toEqual({ groups: [], notCarried: [] });
    expect(readRuleFile('groups:')).toEqual({ groups: [], notCarried: [] });
  });
});

describe.skipIf(promtool === undefined)(
  `promtool's files${promtool === undefined ? ': AEGIS_SUITES_DIR is not set' : ''}`,
  () => {
    const folder = join(promtool ?? '', 'model/rulefmt/testdata');
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    const names = promtool === undefined ? [] : readdirSync(folder);

    // Names may be any UTF-8, as Prometheus 3 has it; this file is bad where they may not.
    it.each(names.filter((name) => name.includes('.bad.') && !name.startsWith('legacy_')))('%s is refused', (name) => {
      expect(refusals(read(name))[0]).toMatch(/^\d+:\d+ /);
    });

    it.each(names.filter((name) => !name.includes('.bad.')))('%s is taken', (name) => {
      expect(refusals(read(name))).toEqual([]);
    });

    it('says what promtool says, where', () => {
      expect(refusals(read('bad_expr.bad.yaml'))[0]).toMatch(
        /^5:15 group "yolo", rule 1, "yolo": could not parse expression/,
      );
      expect(refusals(read('bad_field.bad.yaml'))[0]).toMatch(/^9:11 field annotation not found/);
      expect(refusals(read('duplicate_grp.bad.yaml'))).toEqual(['3:5 groupname: "yolo" is repeated in the same file']);
      expect(refusals(read('noexpr.bad.yaml'))).toEqual([
        '4:9 group "yolo", rule 1, "ylo": field \'expr\' must be set in rule',
      ]);
    });

    it('more files, with rules that others wrote', () => {
      const more = join(promtool ?? '', 'rules/fixtures');
      const bad = readdirSync(more).filter((name) => refusals(readFileSync(join(more, name), 'utf8')).length > 0);
      expect(bad).toEqual(['invalid_rules.yaml']);
    });
  },
);

describe.skipIf(kubernetes === undefined)(
  `the rules of kube-prometheus${kubernetes === undefined ? ': AEGIS_SUITES_DIR is not set' : ''}`,
  () => {
    const files = (folder: string) =>
      readdirSync(join(kubernetes ?? '', folder)).map((name) =>
        readRuleFile(readFileSync(join(kubernetes ?? '', folder, name), 'utf8')),
      );

    it('are taken, as files and as resources of Kubernetes, and written and read again', () => {
      const all = files('rules');
      const groups = all.flatMap((file) => file.groups);
      expect(groups.flatMap(({ rules }) => rules).length).toBeGreaterThan(50);
      expect(readRuleFile(writeRuleFile(groups)).groups).toEqual(groups);
      const count = (read: typeof all) => read.flatMap((file) => file.groups.flatMap(({ rules }) => rules)).length;
      expect(count(files('manifests'))).toBe(count(all));
    });
  },
);
