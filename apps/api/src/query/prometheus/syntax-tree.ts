// What https://prometheus.io/docs/prometheus/latest/querying/api/#parsing-a-promql-expressions-into-a-abstract-syntax-tree-ast gives.
import type { LabelMatcher } from '@aegisguard/model';
import {
  type BinaryOperation,
  type Expression,
  findFunction,
  printNumber,
  type VectorSelector,
} from '@aegisguard/promql';
import { durationMs, durationTree } from './duration-tree.ts';

/** A node of Prometheus's syntax tree. */
export interface TreeNode {
  readonly type: string;
  readonly [member: string]: unknown;
}

/** An expression as Prometheus's `parse_query` writes it. */
export function syntaxTree(expression: Expression): TreeNode {
  switch (expression.kind) {
    case 'aggregation': {
      const { op, expression: inner, parameter, grouping, isWithout } = expression;
      const param = parameter === undefined ? null : syntaxTree(parameter);
      return { type: 'aggregation', op, expr: syntaxTree(inner), param, grouping, without: isWithout };
    }
    case 'binary':
      return binaryTree(expression);
    case 'call': {
      const { name, arguments: given } = expression;
      return { type: 'call', func: functionTree(name), args: given.map(syntaxTree) };
    }
    case 'matrix-selector': {
      const { selector, range } = expression;
      const rangeMembers = { range: durationMs(range), rangeExpr: durationTree(range) };
      return { type: 'matrixSelector', ...selectorMembers(selector), ...rangeMembers };
    }
    case 'vector-selector':
      return { type: 'vectorSelector', ...selectorMembers(expression) };
    case 'subquery': {
      const { expression: inner, range, offset, step, at } = expression;
      return {
        type: 'subquery',
        expr: syntaxTree(inner),
        range: durationMs(range),
        rangeExpr: durationTree(range),
        offset: durationMs(offset),
        offsetExpr: durationTree(offset),
        step: durationMs(step),
        stepExpr: durationTree(step),
        ...atMembers(at),
      };
    }
    case 'number':
      return { type: 'numberLiteral', val: printNumber(expression.value) };
    case 'string':
      return { type: 'stringLiteral', val: expression.value };
    case 'parentheses':
      return { type: 'parenExpr', expr: syntaxTree(expression.expression) };
    case 'unary':
      return { type: 'unaryExpr', op: expression.op, expr: syntaxTree(expression.expression) };
  }
}

function binaryTree({ op, left, right, isBool, matching }: BinaryOperation): TreeNode {
  return {
    type: 'binaryExpr',
    op,
    lhs: syntaxTree(left),
    rhs: syntaxTree(right),
    matching:
      matching === undefined
        ? null
        : {
            card: matching.cardinality,
            labels: matching.labels,
            on: matching.isOn,
            include: matching.include,
            fillValues: { lhs: fillValue(matching.fillLeft), rhs: fillValue(matching.fillRight) },
          },
    bool: isBool,
  };
}

/** Prometheus cannot write what JSON has no number for; we write it as a text. */
function fillValue(value: number | undefined): number | string | null {
  if (value === undefined) {
    return null;
  }
  return Number.isFinite(value) ? value : printNumber(value);
}

function functionTree(name: string) {
  const signature = findFunction(name);
  return {
    name,
    argTypes: signature?.parameters ?? [],
    variadic: signature?.optional ?? 0,
    returnType: signature?.returns ?? 'vector',
  };
}

function selectorMembers({ name, matchers, offset, at, extension }: VectorSelector) {
  return {
    name: name ?? '',
    offset: durationMs(offset),
    offsetExpr: durationTree(offset),
    matchers: matchers.map(matcherTree),
    ...atMembers(at),
    anchored: extension === 'anchored',
    smoothed: extension === 'smoothed',
  };
}

function matcherTree({ name, value, op }: LabelMatcher) {
  return { name, value, type: op };
}

function atMembers(at: VectorSelector['at']) {
  return { timestamp: typeof at === 'number' ? at : null, startOrEnd: typeof at === 'string' ? at : null };
}
