// https://grafana.com/docs/loki/latest/query/log_queries/#line-filter-expression
import { invalidQuery } from '@aegisguard/model';

import type { LineFilterOperand, LineFilterStage } from '../../syntax/ast/stage.ts';
import { IpSearch } from '../ip/ip-search.ts';
import type { LineStage, LineState } from '../line-stage.ts';
import type { LineWork } from '../line-work.ts';
import { PatternFilter } from './pattern-filter.ts';
import { RegexFilter } from './regex-filter.ts';

interface LineTest {
  test(line: string, work: LineWork): boolean;
}

/** Lines that have one of the operands, or with `!`, none of them. */
export function compileLineFilter({ op, operands }: LineFilterStage): LineStage {
  const isWanted = op.startsWith('|');
  const [first, ...others] = operands.map((operand) => compileOperand(op, operand));
  if (first === undefined) {
    throw new Error('a line filter has at least one operand');
  }
  if (others.length === 0) {
    return { run: ({ line, labels }: LineState) => first.test(line, labels.work) === isWanted };
  }
  const tests = [first, ...others];
  return { run: ({ line, labels }: LineState) => tests.some((one) => one.test(line, labels.work)) === isWanted };
}

function compileOperand(op: LineFilterStage['op'], { kind, value }: LineFilterOperand): LineTest {
  if (kind === 'ip') {
    if (op !== '|=' && op !== '!=') {
      throw invalidQuery(0, 'ip: invalid operation');
    }
    return new IpSearch(value);
  }
  switch (op) {
    case '|=':
    case '!=':
      return { test: (line) => line.includes(value) };
    case '|~':
    case '!~':
      return new RegexFilter(value);
    case '|>':
    case '!>':
      return new PatternFilter(value);
  }
}
