import { describe, expect, it } from 'vitest';
import type { LogfmtStage } from '../../syntax/ast/stage.ts';
import { pushedLabels, runStages } from '../testing/run-stages.ts';

function labelsOf(line: string, options: Partial<LogfmtStage> = {}, stream = {}): unknown {
  const stage: LogfmtStage = { kind: 'logfmt', isStrict: false, keepsEmpty: false, extractions: [], ...options };
  return runStages([stage], line, pushedLabels(stream))?.labels;
}

describe('logfmt', () => {
  it.each<[line: string, labels: Record<string, string>]>([
    ['', {}],
    ['a=1 b=x', { a: '1', b: 'x' }],
    ['a="x y" b="q\\"\\n\\u00e9" c=z', { a: 'x y', b: 'q"\né', c: 'z' }],
    ['  a=1\t\tb=2\n', { a: '1', b: '2' }],
    ['bare a=1 empty= quoted=""', { a: '1' }],
    ['a=1 a=2', { a: '1' }],
    ['a= a=2', { a: '2' }],
    ['a.b-c=1 2d=2 é=3', { a_b_c: '1', _2d: '2', _: '3' }],
    ['a="x"b=2', { a: 'x', b: '2' }],
    ['a=1 b=x=y c=3', { a: '1', c: '3' }],
    ['a=1 =x c=3', { a: '1', c: '3' }],
    ['"quoted key"=1 c=3', { c: '3' }],
    ['a=1 b="open c=3', { a: '1' }],
    ['a="\\x" c=3', { c: '3' }],
    ['a="x\ny" b="x\\t\ny" c=3', { a: 'x\ny', b: 'x\t\ny', c: '3' }],
    ['a=x\ufffdy', { a: 'x y' }],
    ['level=info ts=2022-03-23T11:55:29Z err="a=b"', { level: 'info', ts: '2022-03-23T11:55:29Z', err: 'a=b' }],
  ])('%j', (line, labels) => {
    expect(labelsOf(line)).toEqual(labels);
  });

  it('keeps keys without a value where that is asked for', () => {
    expect(labelsOf('bare a=1 empty= quoted=""', { keepsEmpty: true })).toEqual({
      bare: '',
      a: '1',
      empty: '',
      quoted: '',
    });
  });

  it.each<[line: string, labels: Record<string, string>, details?: string]>([
    ['a=1 b', { a: '1' }],
    ['a=1 b=x=y c=3', { a: '1' }, "logfmt syntax error at pos 8 : unexpected '='"],
    ['foobar====wqe', {}, "logfmt syntax error at pos 8 : unexpected '='"],
    ['é=1 =', { _: '1' }, "logfmt syntax error at pos 6 : unexpected '='"],
    ['a=1 b="open', { a: '1' }, 'logfmt syntax error at pos 12 : unterminated quoted value'],
    ['a="\\x"', {}, 'logfmt syntax error at pos 7 : invalid quoted value'],
    ['a\ufffd=1', {}, 'logfmt syntax error at pos 5 : invalid key'],
  ])('ends strictly where %j is wrong', (line, labels, details) => {
    const error = details === undefined ? {} : { __error__: 'LogfmtParserErr', __error_details__: details };
    expect(labelsOf(line, { isStrict: true })).toEqual({ ...labels, ...error });
  });

  it('renames what the stream has', () => {
    expect(labelsOf('app=a b=1', {}, { app: 'web' })).toEqual({ app: 'web', app_extracted: 'a', b: '1' });
  });
});

describe('logfmt with expressions', () => {
  const extract = (expressions: Record<string, string>): Partial<LogfmtStage> => ({
    extractions: Object.entries(expressions).map(([label, expression]) => ({ label, expression })),
  });

  it('finds named keys, and makes others empty', () => {
    expect(labelsOf('a=1 b="x y" c=3', extract({ first: 'a', b: 'b', none: 'd', again: 'a' }))).toEqual({
      first: '1',
      b: 'x y',
      none: '',
      again: '1',
    });
  });

  it('compares keys as labels are written', () => {
    expect(labelsOf('a.b=1 a_b=2', extract({ x: 'a_b' }))).toEqual({ x: '2' });
  });

  it('renames what the stream has, and leaves it alone when it is missing', () => {
    expect(labelsOf('a=1', extract({ a: 'a', b: 'b' }), { a: 'x', b: 'y' })).toEqual({
      a: 'x',
      a_extracted: '1',
      b: 'y',
    });
  });

  it.each(['', 'a b', 'a=b', '"a"'])('refuses the key %j', (key) => {
    expect(() => labelsOf('', extract({ a: key }))).toThrow(expect.objectContaining({ code: 'invalid-query' }));
  });
});
