import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { patternFilter, patternText } from './pattern-filter.ts';
import { PatternMiner } from './pattern-miner.ts';
import { tokenizeLine } from './tokenize-line.ts';
import { valueType } from './value-type.ts';

function mine(lines: readonly string[], limit = 50) {
  const miner = new PatternMiner(4);
  for (const [at, line] of lines.entries()) {
    miner.add(line, at % 4, at % 3 === 0 ? 'error' : 'info');
  }
  return miner.patterns(limit);
}

const texts = (lines: readonly string[]) =>
  mine(lines).patterns.map((pattern) => [patternText(pattern), pattern.count]);

describe('patterns', () => {
  it('tell words from values, and find more places that vary', () => {
    expect(
      texts([
        'GET /users/17 took 12ms',
        'GET /users/99 took 9ms',
        'GET /users/1234 took 1.5s',
        'user alice logged in from 10.0.0.1',
        'user bob logged in from 10.0.0.2',
        'user carol logged in from 192.168.0.1',
        'connection closed',
        'connection closed',
      ]),
    ).toEqual(
      [
        ['GET <_> took <_>', 3],
        ['user alice logged in from <_>', 1],
        ['user bob logged in from <_>', 1],
        ['user carol logged in from <_>', 1],
        ['connection closed', 2],
      ].sort(([, a], [, b]) => Number(b) - Number(a)),
    );
  });

  it('unites lines whose third word on differs', () => {
    expect(texts(['login of user alice failed: bad password', 'login of user bob failed: bad password'])).toEqual([
      ['login of user <_> failed: bad password', 2],
    ]);
  });

  it('say types and values of what varies, and when and how severe it was', () => {
    const [pattern] = mine([
      'took 5ms for 10.0.0.1',
      'took 5ms for 10.0.0.2',
      'took 7s for 10.0.0.2',
      'took 5ms for x',
    ]).patterns;
    expect(pattern).toMatchObject({
      count: 4,
      counts: [1, 1, 1, 1],
      levels: { error: 2, info: 2 },
      sample: 'took 5ms for 10.0.0.1',
    });
    expect(pattern?.parts).toEqual([
      { kind: 'text', text: 'took ' },
      {
        kind: 'wildcard',
        type: 'duration',
        values: [
          { value: '5ms', count: 3 },
          { value: '7s', count: 1 },
        ],
      },
      { kind: 'text', text: ' for ' },
      {
        kind: 'wildcard',
        type: 'any',
        values: [
          { value: '10.0.0.2', count: 2 },
          { value: '10.0.0.1', count: 1 },
          { value: 'x', count: 1 },
        ],
      },
    ]);
  });

  it('understand JSON and logfmt', () => {
    expect(
      texts(['{"level":"info","status":200,"path":"/a"}', '{"level":"info","status":500,"path":"/b/7"}'])[0],
    ).toEqual(['{"level":"info","status":<_>,"path":"<_>"}', 2]);
    expect(
      texts([
        'level=info dur=5ms id=f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
        'level=info dur=9ms id=00000000-7dec-11d0-a765-00a0c91e6bf6',
      ]),
    ).toEqual([['level=info dur=<_> id=<_>', 2]]);
  });

  it('count lines past the limit as others, and stay bounded', () => {
    const { patterns, others } = mine(
      Array.from(
        { length: 5000 },
        (_, at) =>
          `${'abcdefghij'[at % 10]}${'klmnopqrst'[((at / 10) % 10) | 0]}${'uvwxyzabcd'[((at / 100) % 10) | 0]}${'efghijklmn'[(at / 1000) | 0]} word`,
      ),
      10,
    );
    expect(patterns).toHaveLength(10);
    expect(patterns.reduce((sum, { count }) => sum + count, 0) + others).toBe(5000);
  });

  it('count every line once, and their filter finds each of them', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'GET',
        'took',
        '12ms',
        '10.0.0.1',
        '',
        ' ',
        '{"a":1}',
        '<x>',
        '<_>',
        'a=b',
        '[x]',
        '(',
        '\n',
        'é🦄',
        '2026-11-27T00:00:00Z',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    const line = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const { patterns, others } = mine(lines);
        expect(others + patterns.reduce((sum, { count }) => sum + count, 0)).toBe(lines.length);
        for (const pattern of patterns) {
          const { op, operands } = patternFilter(pattern, false);
          expect(op === '|>' ? patternText(pattern) : pattern.sample).toBe(
            op === '|>' ? operands[0]?.value : pattern.sample,
          );
          if (op === '|~' && pattern.sample.isWellFormed()) {
            expect(
              RE2JS.compile(operands[0]?.value ?? '')
                .matcher(pattern.sample)
                .find(),
            ).toBe(true);
          }
        }
      }),
    );
  });
});

describe('a line', () => {
  it('is its gaps and tokens in turns', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (line) => {
        const { tokens, gaps } = tokenizeLine(line);
        expect(gaps).toHaveLength(tokens.length + 1);
        expect(gaps.map((gap, at) => gap + (tokens[at] ?? '')).join('')).toBe(line);
      }),
    );
  });

  it('of a megabyte is cut into few tokens', () => {
    expect(tokenizeLine('a '.repeat(500_000)).tokens).toHaveLength(80);
    expect(tokenizeLine('a'.repeat(1_000_000)).tokens).toHaveLength(1);
  });
});

it.each([
  ['12', 'number'],
  ['-1.5e9', 'number'],
  ['99%', 'number'],
  ['1h30m', 'duration'],
  ['12.5KiB', 'bytes'],
  ['10.0.0.1:8080', 'ip'],
  ['::1', 'ip'],
  ['fe80::1', 'ip'],
  ['f81d4fae-7dec-11d0-a765-00a0c91e6bf6', 'uuid'],
  ['4bf92f3577b34da6a3ce929d0e0e4736', 'hex'],
  ['0xdeadbeef', 'hex'],
  ['2026-11-27T00:00:00.123Z', 'time'],
  ['27/Nov/2026:10:00:00', 'time'],
  ['a.b+c@example.com', 'email'],
  ['https://example.com/x', 'url'],
  ['/users/17', 'path'],
  ['worker-3', 'any'],
  ['deadbeef', undefined],
  ['word', undefined],
])('%s is a value of %s', (token, type) => expect(valueType(token)).toBe(type));
