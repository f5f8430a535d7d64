import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineFilterOperand, LineFilterStage } from '../../syntax/ast/stage.ts';
import { runStages } from '../testing/run-stages.ts';

type Operator = LineFilterStage['op'];

function passes(op: Operator, operands: readonly (string | LineFilterOperand)[], line: string): boolean {
  const filter: LineFilterStage = {
    kind: 'line-filter',
    op,
    operands: operands.map((operand) => (typeof operand === 'string' ? { kind: 'text', value: operand } : operand)),
  };
  return runStages([filter], line) !== undefined;
}

const ip = (value: string): LineFilterOperand => ({ kind: 'ip', value });

describe('line filters', () => {
  it.each<[op: Operator, operand: string, line: string, isKept: boolean]>([
    ['|=', 'err', 'an error', true],
    ['|=', 'ERR', 'an error', false],
    ['|=', '', 'anything', true],
    ['|=', 'a.c', 'abc', false],
    ['!=', 'err', 'an error', false],
    ['!=', 'err', 'fine', true],
    ['|~', 'code=5..', 'x code=503 y', true],
    ['|~', '^code', 'x code=503', false],
    ['|~', '(?i)CODE', 'x code=503', true],
    ['|~', 'a.b', 'a\nb', false],
    ['!~', 'code=5..', 'x code=503 y', false],
    ['|>', 'GET <_> 200', 'GET /api 200', true],
    ['|>', 'GET <_> 200', 'POST /api 200', false],
    ['|>', 'GET /api', 'GET /api 200', false],
    ['|>', 'GET /api', 'GET /api', true],
    ['|>', '<_>200', '200', false],
    ['|>', '<_>200', 'a 200', true],
    ['|>', 'GET <_>', 'GET ', false],
    ['|>', '<_> level=<_> msg', 't level=info msg', true],
    ['|>', '<_> level=<_> msg', 't level= msg', false],
    ['|>', '<_> level=<_>x', 't level=x', false],
    ['|>', '', '', true],
    ['|>', '', 'a', false],
    ['|>', '<_>', '', false],
    ['|>', '<_>', 'a', true],
    ['!>', 'GET <_> 200', 'GET /api 200', false],
    ['!>', 'GET <_> 200', 'GET /api 500', true],
  ])('%s %j on %j', (op, operand, line, isKept) => {
    expect(passes(op, [operand], line)).toBe(isKept);
  });

  it.each<[op: Operator, operands: readonly (string | LineFilterOperand)[], line: string, isKept: boolean]>([
    ['|=', ['a', 'b'], 'xb', true],
    ['|=', ['a', 'b'], 'x', false],
    ['!=', ['a', 'b'], 'xb', false],
    ['!=', ['a', 'b'], 'x', true],
    ['|=', ['a', ip('10.0.0.0/8')], 'from 10.1.2.3', true],
    ['!=', ['a', ip('10.0.0.0/8')], 'from 10.1.2.3', false],
    ['!=', [ip('10.0.0.0/8')], 'no ip', true],
    ['!>', ['a<_>', 'b<_>'], 'c', true],
  ])('%s %j on %j', (op, operands, line, isKept) => {
    expect(passes(op, operands, line)).toBe(isKept);
  });

  it.each<[op: Operator, operand: string | LineFilterOperand, problem: string]>([
    ['|>', '<verb> /api', 'named captures are not allowed'],
    ['|>', '<_><_>', 'found consecutive capture'],
    ['|~', ip('10.0.0.1'), 'ip: invalid operation'],
    ['|=', ip('notanip'), 'ip: invalid pattern'],
    ['|=', ip(''), 'ip: invalid pattern'],
  ])('refuses %s %j', (op, operand, problem) => {
    expect(() => passes(op, [operand], '')).toThrow(
      expect.objectContaining({ code: 'invalid-query', detail: expect.stringContaining(problem) }),
    );
  });

  it('keeps with each operator exactly what its opposite drops', () => {
    const opposites = fc.constantFrom<[Operator, Operator]>(['|=', '!='], ['|~', '!~'], ['|>', '!>']);
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '<_>a', '1.2.3.4'), maxLength: 4 });
    const operand = text.filter((pattern) => !pattern.includes('<_><_>'));
    fc.assert(
      fc.property(
        opposites,
        fc.array(operand, { minLength: 1, maxLength: 3 }),
        text,
        ([op, opposite], operands, line) => {
          expect(passes(opposite, operands, line)).toBe(!passes(op, operands, line));
        },
      ),
    );
  });
});
