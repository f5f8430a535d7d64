import { readFileSync } from 'node:fs';
import { suitePath } from '@aegisguard/testkit';
import fc from 'fast-check';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { readCrawlerRules } from './crawler-rules.ts';
import { createPatternLists, type PatternRule } from './pattern-lists.ts';
import { readUapRules } from './uap-rules.ts';

const { browsers, systems, devices } = readUapRules();
const { bots } = readCrawlerRules();
const lists = [browsers, systems, devices, bots];
const filtered = createPatternLists(lists);
const compiled = lists.map((rules) =>
  rules.map((rule) => ({ rule, pattern: new RegExp(rule.source, rule.ignoreCase ? 'i' : '') })),
);

/** What the specification says, word by word: each pattern in order, until one is found. */
function unfiltered(text: string): readonly (readonly string[] | undefined)[] {
  return compiled.map((rules) => {
    for (const { rule, pattern } of rules) {
      const match = pattern.exec(text);
      if (match !== null) {
        return rule.templates.map((template) =>
          template.replace(/\$(\d)/g, (_, group) => match[Number(group)] ?? '').trim(),
        );
      }
    }
    return undefined;
  });
}

/** Pieces of the patterns themselves, so that random texts come near to matching. */
const FRAGMENTS = [
  ...new Set(
    lists
      .flat()
      .flatMap(({ source }) => source.replace(/\\[a-zA-Z]/g, '1').split(/[^\w ;./-]+/))
      .filter((text) => text.length > 2),
  ),
];
const agentText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...FRAGMENTS),
      fc.constantFrom('; ', '/', ' Build/', ' ', '1.2', ')', 'Android 9'),
      fc.string(),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join('').slice(0, 512));

function rule(source: string, ignoreCase = false): PatternRule {
  return { source, ignoreCase, templates: ['$0'] };
}

describe('pattern lists', () => {
  it('answer as if every pattern were tried, on any text', () => {
    fc.assert(
      fc.property(agentText, (text) => {
        expect(filtered.find(text)).toEqual(unfiltered(text));
      }),
      { numRuns: 200 },
    );
  });

  it('try few patterns', () => {
    expect(filtered.candidates('nothing of the kind')).toBeLessThan(5);
    expect(
      filtered.candidates(
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36',
      ),
    ).toBeLessThan(40);
  });

  it('take the first that matches, whatever the case of its letters where it says so', () => {
    const some = createPatternLists([[rule('b+c'), rule('AB', true), rule('.')], [rule('^$')]]);
    expect(some.find('xabx')).toEqual([['ab'], undefined]);
    expect(some.find('bbcab')).toEqual([['bbc'], undefined]);
    expect(some.find('')).toEqual([undefined, ['']]);
  });

  it('stand a pattern that repeats what repeats', () => {
    const hostile = createPatternLists([[rule('(?:a+)+!')]]);
    const before = process.cpuUsage();
    expect(hostile.find(`${'a'.repeat(500)}b!`)).toEqual([undefined]);
    expect(hostile.find('aaa!')).toEqual([['aaa!']]);
    const { user, system } = process.cpuUsage(before);
    // Tried in every way it would take longer than the universe is old.
    expect((user + system) / 1000).toBeLessThan(1000);
  });
});

const suite = suitePath('uap-core/tests/test_ua.yaml');

describe.skipIf(suite === undefined)('pattern lists over uap-core (needs AEGIS_SUITES_DIR)', () => {
  it('answer as if every pattern were tried', () => {
    const { test_cases: cases } = load(readFileSync(suite ?? '', 'utf8'), { schema: FAILSAFE_SCHEMA }) as {
      test_cases: readonly { user_agent_string: string }[];
    };
    expect(cases.length).toBeGreaterThan(1000);
    // Every tenth: trying every pattern takes a thousand times as long.
    for (const { user_agent_string: text } of cases.filter((_, i) => i % 10 === 0)) {
      expect(filtered.find(text)).toEqual(unfiltered(text));
    }
  });
});
