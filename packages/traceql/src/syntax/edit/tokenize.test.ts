import { describe, expect, it } from 'vitest';
import { findIntrinsic } from '../intrinsics.ts';
import { parseQuery } from '../parse-query.ts';
import { FIELD_OPERATORS, FUNCTIONS, SCOPE_WORDS, SPANSET_OPERATORS, VALUES } from './language-words.ts';
import { tokenize } from './tokenize.ts';

/** Each token with what it is. */
function rolesOf(query: string): string {
  return tokenize(query)
    .map(({ role, at }) => `${role} ${query.slice(at.from, at.to)}`)
    .join(', ');
}

describe('tokenize', () => {
  it.each([
    ['', ''],
    [' \n', ''],
    ['{ span.a = "x" }', 'bracket {, attribute span.a, operator =, text "x", bracket }'],
    ['{duration>1s}//c', 'bracket {, intrinsic duration, operator >, number 1s, bracket }, comment //c'],
    ['status = error', 'intrinsic status, operator =, value error'],
    [
      '|rate()by(trace:id)',
      'operator |, function rate, bracket (, bracket ), function by, bracket (, intrinsic trace:id, bracket )',
    ],
    ['with (sample=true)', 'keyword with, bracket (, word sample, operator =, value true, bracket )'],
    ['{ .a &>> .b', 'bracket {, attribute .a, operator &>>, attribute .b'],
    ['{ span."a b".c', 'bracket {, attribute span."a b".c'],
    ['parent.duration parent.span.x', 'intrinsic parent.duration, attribute parent.span.x'],
  ])('%j', (query, roles) => {
    expect(rolesOf(query)).toBe(roles);
  });

  it.each([
    ['{ span.', 'bracket {, bad span.'],
    ['{ .', 'bracket {, bad .'],
    ['{ span: ', 'bracket {, bad span:'],
    ['{ name = "ab', 'bracket {, intrinsic name, operator =, bad "ab'],
    ['{ na', 'bracket {, word na'],
    ['{ .a & ', 'bracket {, attribute .a, bad &'],
    ['{} /* x', 'bracket {, bracket }, bad /* x'],
    ['{ .a = 1x ?', 'bracket {, attribute .a, operator =, bad 1x, bad ?'],
  ])('of what is not finished: %j', (query, roles) => {
    expect(rolesOf(query)).toBe(roles);
  });
});

describe('what an editor offers is understood', () => {
  it.each(FIELD_OPERATORS.map(({ text }) => text))('%s between fields', (op) => {
    const condition = /[=<>~&|]/.test(op) ? `.a ${op} .b` : `.a ${op} .b = 1`;
    expect(parseQuery(`{ ${condition} }`).body.kind).toBe('pipeline');
  });

  it.each(SPANSET_OPERATORS.map(({ text }) => text))('%s between spansets', (op) => {
    expect(parseQuery(`{} ${op} {}`).body.kind).toBe('pipeline');
  });

  it.each(SCOPE_WORDS.map(({ text }) => text))('the scope %s', (scope) => {
    expect(parseQuery(`{ ${scope}x = 1 }`).body.kind).toBe('pipeline');
  });

  it.each(VALUES.map(({ text }) => text))('the value %s', (value) => {
    expect(parseQuery(`{ .a = ${value} }`).body.kind).toBe('pipeline');
  });

  it.each(FUNCTIONS)('$form', ({ role, form }) => {
    const call = form.replaceAll(', …', '').replaceAll('field', '.a').replace('{ … }', '{ .a }');
    const query = {
      aggregate: `{} | ${call} > 1`,
      stage: `{} | ${call}`,
      metrics: `{} | ${call}`,
      series: `{} | rate() | ${call}`,
    }[role];
    expect(() => parseQuery(query)).not.toThrow();
  });

  it('no two intrinsics are written alike', () => {
    expect(findIntrinsic('span:duration')).toBe(findIntrinsic('duration'));
    expect(findIntrinsic('trace:rootService')?.name).toBe('root-service');
    expect(findIntrinsic('toString')).toBeUndefined();
  });
});
