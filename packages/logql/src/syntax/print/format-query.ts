import type { Query } from '../ast/query.ts';
import { needsParentheses } from './needs-parentheses.ts';
import { printParts, printRangeParts } from './print-log-range.ts';
import { printOperator } from './print-operator.ts';
import {
  printAggregationHead,
  printAggregationTail,
  printParameter,
  printQuery,
  printReplacement,
} from './print-query.ts';

/** UTF-8 bytes of an expression that stays in one line; indentation is not counted. */
const LINE_LENGTH_MAX = 100;
const INDENT = '  ';

/** Lays out one query; `level` is the depth of indentation that every line begins with. */
class Formatter {
  readonly #lengthMax: number;
  /** Each part is printed once, not once for every part that it is inside of. */
  readonly #lines = new Map<Query, string>();

  constructor(lengthMax: number) {
    this.#lengthMax = lengthMax;
  }

  format(query: Query, level: number): string {
    const line = this.#print(query);
    return Buffer.byteLength(line) <= this.#lengthMax ? INDENT.repeat(level) + line : this.#split(query, level);
  }

  #print(query: Query): string {
    const line = this.#lines.get(query) ?? printQuery(query, (inside) => this.#print(inside));
    this.#lines.set(query, line);
    return line;
  }

  #split(query: Query, level: number): string {
    const indent = INDENT.repeat(level);
    const inside = INDENT.repeat(level + 1);
    switch (query.kind) {
      case 'log-query':
        return pipeline(printParts(query), level);
      case 'range-aggregation': {
        const parameter = printParameter(query).map((text) => inside + text);
        const args = [...parameter, pipeline(printRangeParts(query.range), level + 1)];
        return call(indent + query.operation, args, indent) + printAggregationTail(query);
      }
      case 'vector-aggregation': {
        const parameter = printParameter(query).map((text) => inside + text);
        return call(
          indent + printAggregationHead(query),
          [...parameter, this.format(query.operand, level + 1)],
          indent,
        );
      }
      case 'label-replace': {
        const texts = printReplacement(query).map((text) => inside + text);
        return call(`${indent}label_replace`, [this.format(query.operand, level + 1), ...texts], indent);
      }
      case 'binary-operation': {
        const [left, right] = (['left', 'right'] as const).map((side) =>
          needsParentheses(query, side)
            ? call(inside, [this.format(query[side], level + 2)], inside)
            : this.format(query[side], level + 1),
        );
        return `${left}\n${indent}${printOperator(query)}\n${right}`;
      }
      default:
        return indent + this.#print(query);
    }
  }
}

/** Arguments in parentheses, each on lines of its own. */
function call(head: string, args: readonly string[], indent: string): string {
  return `${head}(\n${args.join(',\n')}\n${indent})`;
}

/** A selector, and each stage on a line below it. */
function pipeline(parts: readonly string[], level: number): string {
  const [selector, ...stages] = parts;
  return [INDENT.repeat(level) + selector, ...stages.map((stage) => INDENT.repeat(level + 1) + stage)].join('\n');
}

/** A query in lines of about 100 characters, as Loki's `format_query` lays it out. */
export function formatQuery(query: Query, lengthMax = LINE_LENGTH_MAX): string {
  return new Formatter(lengthMax).format(query, 0);
}
