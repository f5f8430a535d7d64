import { describe, expect, it } from 'vitest';
import { compareWithRatchet, countOccurrences } from './ratchet.ts';

function count(text: string): Record<string, number> {
  const found = countOccurrences([{ path: 'a.ts', text }]);
  return Object.fromEntries([...found].map(([kind, places]) => [kind, places.length]));
}

describe('countOccurrences', () => {
  // In two parts, so that the ratchet does not count its own test.
  const [any, todo, ignore] = ['an' + 'y', 'TO' + 'DO', 'biome' + '-ignore'];

  it.each([
    `const x: ${any} = 1;`,
    `const x = y as ${any};`,
    `const x: ${any}[] = [];`,
    `const x = new Map<string | ${any}, number>();`,
    `function f(x: ${any}): void {}`,
    `const f = (x: ${any}) => x;`,
  ])('counts the type in %s', (text) => {
    expect(count(text)).toEqual({ any: 1, suppressions: 0, todo: 0 });
  });

  it.each([
    '// as any other file',
    'Promise.any(x)',
    "const x: 'any' = 'any';",
    'if any, then',
    'const many: number = 1;',
  ])('does not count prose and other words: %s', (text) => {
    expect(count(text)).toEqual({ any: 0, suppressions: 0, todo: 0 });
  });

  it('counts suppressions and notes to self', () => {
    expect(count(`// ${ignore} lint: x\n// @ts${'-ignore'}\n// ${todo}: y\n// to do later`)).toEqual({
      any: 0,
      suppressions: 2,
      todo: 1,
    });
  });
});

describe('compareWithRatchet', () => {
  const found = new Map([['todo', ['a.ts:1', 'b.ts:7']]]);

  it('is content with the allowed number', () => {
    expect(compareWithRatchet(found, { todo: 2 })).toEqual([]);
  });

  it('names the places when there are more', () => {
    expect(compareWithRatchet(found, { todo: 1 })).toEqual(['todo: 2, allowed are 1: a.ts:1, b.ts:7']);
    expect(compareWithRatchet(found, {})).toHaveLength(1);
  });

  it('wants progress written down', () => {
    expect(compareWithRatchet(found, { todo: 5 })).toEqual(['todo: only 2 left; write that into ratchet.json']);
  });
});
