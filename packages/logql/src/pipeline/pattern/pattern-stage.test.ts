import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pushedLabels, runStages } from '../testing/run-stages.ts';

function labelsOf(expression: string, line: string, stream = {}): unknown {
  return runStages([{ kind: 'pattern', expression }], line, pushedLabels(stream))?.labels;
}

describe('pattern', () => {
  it.each<[expression: string, line: string, labels: Record<string, string>]>([
    [
      '<ip> - - [<_>] "<method> <path> <_>" <status> <_>',
      '10.0.0.1 - - [27/Nov/2026:03:15:34 +0000] "GET /a HTTP/1.1" 200 12',
      { ip: '10.0.0.1', method: 'GET', path: '/a', status: '200' },
    ],
    ['<a> <b>', 'x y z', { a: 'x', b: 'y z' }],
    ['level=<level> ', 'level=info rest', { level: 'info' }],
    ['level=<level> ', 'a level=info rest', {}],
    ['<_>level=<level> <_>', 'a level=info rest', { level: 'info' }],
    ['<a>,<b>,<c>', 'x,y', { a: 'x', b: 'y' }],
    ['<a>,<b>', ',', { a: '', b: '' }],
    ['<a>;<b>', 'no', { a: 'no' }],
    ['<_>;<b>', 'no', {}],
    ['<a>', 'all of it', { a: 'all of it' }],
    ['<a>', '', {}],
    ['<1a> <b>', '<1a> x', { b: 'x' }],
    ['<<a>>', '<x>', { a: 'x' }],
  ])('%s on %j', (expression, line, labels) => {
    expect(labelsOf(expression, line)).toEqual(labels);
  });

  it('renames what the stream has', () => {
    expect(labelsOf('<app> <_>', 'a b', { app: 'web' })).toEqual({ app: 'web', app_extracted: 'a' });
  });

  it.each(['', 'text', '<_>', '<a><b>', '<a> <a>'])('refuses %j', (expression) => {
    expect(() => labelsOf(expression, '')).toThrow(expect.objectContaining({ code: 'invalid-query' }));
  });

  it('gives back what was joined by a text that is in none of the parts', () => {
    const part = fc.string().filter((text) => !text.includes('|'));
    fc.assert(
      fc.property(part, part, part, (a, b, c) => {
        expect(labelsOf('<a>|<b>|<c>', [a, b, c].join('|'))).toEqual({ a, b, c });
      }),
    );
  });
});
