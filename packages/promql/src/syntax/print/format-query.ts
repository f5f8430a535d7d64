import type { Expression } from '../ast/expression.ts';
import { childrenOf } from '../children-of.ts';
import { printLeft, printOperator } from './print-operator.ts';
import { printAggregationHead, printQuery } from './print-query.ts';
import { printSubquerySuffix } from './print-selector.ts';

/** UTF-8 bytes of an expression that stays in one line; indentation is not counted. */
const LINE_LENGTH_MAX = 100;
const INDENT = '  ';

/** Lays out one query; `level` is the depth of indentation that every line begins with. */
class Formatter {
  readonly #lengthMax: number;
  /** Each part is printed once, not once for every part that it is inside of. */
  readonly #lines = new Map<Expression, string>();

  constructor(lengthMax: number) {
    this.#lengthMax = lengthMax;
  }

  format(expression: Expression, level: number): string {
    const indent = INDENT.repeat(level);
    const line = this.#print(expression);
    return Buffer.byteLength(line) <= this.#lengthMax ? indent + line : this.#split(expression, level, indent);
  }

  #print(expression: Expression): string {
    const line = this.#lines.get(expression) ?? printQuery(expression, (inside) => this.#print(inside));
    this.#lines.set(expression, line);
    return line;
  }

  #split(expression: Expression, level: number, indent: string): string {
    switch (expression.kind) {
      case 'aggregation':
        return this.#list(indent + printAggregationHead(expression), expression, level);
      case 'binary': {
        const [left, right] = [expression.left, expression.right].map((side) => this.format(side, level + 1));
        return `${printLeft(expression, left ?? '')}\n${indent}${printOperator(expression)}\n${right}`;
      }
      case 'call':
        return this.#list(indent + expression.name, expression, level);
      case 'parentheses':
        return this.#list(indent, expression, level);
      case 'subquery':
        return this.format(expression.expression, level) + printSubquerySuffix(expression);
      case 'unary':
        return indent + expression.op + this.format(expression.expression, level).trimStart();
      default:
        return indent + this.#print(expression);
    }
  }

  /** The children in parentheses, each on lines of its own. */
  #list(head: string, expression: Expression, level: number): string {
    const children = childrenOf(expression);
    if (children.length === 0) {
      return `${head}()`;
    }
    const lines = children.map((child) => this.format(child, level + 1)).join(',\n');
    return `${head}(\n${lines}\n${INDENT.repeat(level)})`;
  }
}

/** A query in lines of about 100 characters, as Prometheus lays it out. */
export function formatQuery(expression: Expression, lengthMax = LINE_LENGTH_MAX): string {
  return new Formatter(lengthMax).format(expression, 0);
}
