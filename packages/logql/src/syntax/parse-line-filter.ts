// https://grafana.com/docs/loki/latest/query/log_queries/#line-filter-expression
import { invalidQuery } from '@aegisguard/model';
import { PatternFilter } from '../pipeline/line-filter/pattern-filter.ts';
import { LINE_FILTER_OPERATORS, type LineFilterOperand, type LineFilterStage } from './ast/stage.ts';
import { atPosition } from './at-position.ts';
import { isIpNext, parseIp } from './parse-ip.ts';
import type { TokenReader } from './token-reader.ts';

type Operator = LineFilterStage['op'];

function parseOperand(tokens: TokenReader, op: Operator): LineFilterOperand {
  if (isIpNext(tokens)) {
    if (op !== '|=' && op !== '!=') {
      throw invalidQuery(tokens.peek().position, `ip: invalid operation: "${op}" takes no ip()`);
    }
    return { kind: 'ip', value: parseIp(tokens) };
  }
  const token = tokens.expectText(`or ip("…") after "${op}"`);
  if (op === '|~' || op === '!~') {
    tokens.compile(token);
  }
  if (op === '|>' || op === '!>') {
    atPosition(token.position, () => new PatternFilter(token.text));
  }
  return { kind: 'text', value: token.text };
}

/** Parses `|= "a" or "b"` if an operator of line filters is next. */
export function parseLineFilter(tokens: TokenReader): LineFilterStage | undefined {
  const op = LINE_FILTER_OPERATORS.find((operator) => tokens.takeIf(operator));
  if (op === undefined) {
    return undefined;
  }
  const operands = [parseOperand(tokens, op)];
  while (tokens.takeIf('or')) {
    tokens.checkCount(operands.length, 'texts of a line filter');
    operands.push(parseOperand(tokens, op));
  }
  return { kind: 'line-filter', op, operands };
}
