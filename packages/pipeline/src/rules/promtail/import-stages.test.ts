import { expect, it } from 'vitest';
import { importStages } from './import-stages.ts';

it.each([
  ['lists', '['.repeat(20_000)],
  ['maps', '{a: '.repeat(20_000)],
  ['blocks', `${'- '.repeat(5000)}a`],
  ['stages', `pipeline_stages: ${'['.repeat(101)}${']'.repeat(101)}`],
])('%s within each other are refused in words', (_, yaml) => {
  expect(importStages(yaml)).toEqual({
    pipelines: [],
    notCarried: [],
    faults: [{ path: '', reason: 'more than 100 levels of nesting' }],
  });
});

it('aliases that stand for very much cost no more than they are', () => {
  const names = 'bcdefghijklmnop'.split('');
  const bomb = names.map((name, at) => `${name}: &${name} [${`*${at === 0 ? 'a' : names[at - 1]},`.repeat(9)}]`);
  const { faults } = importStages(['a: &a [x]', ...bomb, 'pipeline_stages: *p'].join('\n'));
  expect(faults.length).toBeGreaterThan(0);
});
