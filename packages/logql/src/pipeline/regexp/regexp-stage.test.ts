import { describe, expect, it } from 'vitest';
import { pushedLabels, runStages } from '../testing/run-stages.ts';

function labelsOf(expression: string, line: string, stream = {}): unknown {
  return runStages([{ kind: 'regexp', expression }], line, pushedLabels(stream))?.labels;
}

describe('regexp', () => {
  it.each<[expression: string, line: string, labels: Record<string, string>]>([
    ['(?P<method>[A-Z]+) (?P<path>\\S+)', 'x: GET /a b', { method: 'GET', path: '/a' }],
    ['(?<method>[A-Z]+)(?P<rest>!)?', 'GET', { method: 'GET', rest: '' }],
    ['(?P<a>x+?)(?P<b>x*)', 'xxx', { a: 'x', b: 'xx' }],
    ['(x)(?P<a>y)', 'xy', { a: 'y' }],
    ['(?P<a>z)', 'xy', {}],
    ['(?P<a>.*)', '', { a: '' }],
  ])('%s on %j', (expression, line, labels) => {
    expect(labelsOf(expression, line)).toEqual(labels);
  });

  it('renames what the stream has', () => {
    expect(labelsOf('(?P<app>\\w+)', 'a', { app: 'web' })).toEqual({ app: 'web', app_extracted: 'a' });
  });

  it('refuses an expression that names nothing', () => {
    expect(() => labelsOf('(a)', '')).toThrow(expect.objectContaining({ code: 'invalid-query' }));
  });
});
