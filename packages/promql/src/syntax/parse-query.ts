// https://prometheus.io/docs/prometheus/latest/querying/basics/
import { invalidQuery, unsupportedQuery } from '@aegisguard/model';
import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import type { Expression } from './ast/expression.ts';
import { FUNCTIONS } from './ast/function-call.ts';
import type { RangeSelector } from './ast/range-selector.ts';
import type { AtModifier, VectorSelector } from './ast/vector-selector.ts';
import { describeNode } from './describe-node.ts';
import { parseMatchers } from './parse-matchers.ts';
import { parseNumber } from './parse-number.ts';

/** UTF-16 units; the same bound as the HTTP schema's, here for every caller. */
export const QUERY_LENGTH_MAX = 50_000;
const strictParser = parser.configure({ strict: true });
/** Expressions inside one another. */
const DEPTH_MAX = 200;
/** The longest time that Prometheus's durations hold, in ms. */
const DURATION_MAX_MS = 9_223_372_036_854;
/** Unix ms at most this far from 1970 are times. */
const TIME_MAX_MS = 9_223_372_036_854_000;

/** The query beside the tree: nodes only know where they stand. */
class QueryParser {
  readonly #query: string;

  constructor(query: string) {
    this.#query = query;
  }

  expression(node: SyntaxNode, depth: number): Expression {
    if (depth > DEPTH_MAX) {
      throw invalidQuery(node.from, `expressions stand inside one another at most ${DEPTH_MAX} deep`);
    }
    switch (node.name) {
      case 'ParenExpr':
        return this.expression(expectChild(node), depth + 1);
      case 'VectorSelector':
        return this.#vectorSelector(node);
      case 'MatrixSelector':
        return this.#rangeSelector(node);
      case 'OffsetExpr':
        return this.#modified(node, depth, { offsetMs: this.#offset(node) });
      case 'StepInvariantExpr':
        return this.#modified(node, depth, { at: this.#at(node) });
      case 'FunctionCall':
        return this.#functionCall(node, depth);
      default:
        throw unsupportedQuery(node.from, describeNode(node, this.#query));
    }
  }

  #vectorSelector(node: SyntaxNode): VectorSelector {
    const matchers = parseMatchers(node, this.#query);
    return { kind: 'vector-selector', matchers, offsetMs: 0, at: undefined, source: { from: node.from, to: node.to } };
  }

  #rangeSelector(node: SyntaxNode): RangeSelector {
    const inner = expectChild(node);
    if (inner.name !== 'VectorSelector') {
      throw invalidQuery(node.from, 'a range in brackets stands directly behind a selector');
    }
    const selector = this.#vectorSelector(inner);
    const rangeMs = this.#duration(node.getChild('DurationExpr'), node);
    if (!(rangeMs > 0)) {
      throw invalidQuery(inner.to, 'a range is longer than 0');
    }
    return { kind: 'range-selector', selector, rangeMs, source: { from: node.from, to: node.to } };
  }

  /** Puts a modifier into the selector that it stands behind. */
  #modified(node: SyntaxNode, depth: number, modifier: Partial<Pick<VectorSelector, 'offsetMs' | 'at'>>): Expression {
    const inner = expectChild(node);
    // The grammar puts a modifier around the whole of `-a @ 5` and `a + b @ 5`, where Prometheus gives it to the selector before it.
    if (['SubqueryExpr', 'BinaryExpr', 'UnaryExpr'].includes(inner.name)) {
      throw unsupportedQuery(inner.from, describeNode(inner, this.#query));
    }
    const isModifiable = ['VectorSelector', 'MatrixSelector', 'OffsetExpr', 'StepInvariantExpr'].includes(inner.name);
    const expression = isModifiable ? this.expression(inner, depth + 1) : undefined;
    if (expression === undefined || expression.kind === 'function-call') {
      throw invalidQuery(node.from, 'offset and @ stand behind a selector or a range');
    }
    const selector = expression.kind === 'range-selector' ? expression.selector : expression;
    const isTwice = 'at' in modifier ? selector.at !== undefined : hasOffset(inner);
    if (isTwice) {
      throw invalidQuery(node.from, 'the same modifier is given twice');
    }
    const source = { from: node.from, to: node.to };
    const changed: VectorSelector = { ...selector, ...modifier };
    return expression.kind === 'range-selector' ? { ...expression, selector: changed, source } : { ...changed, source };
  }

  #offset(node: SyntaxNode): number {
    return this.#duration(node.getChild('OffsetDurationExpr'), node);
  }

  #at(node: SyntaxNode): AtModifier {
    const literal = node.getChild('NumberDurationLiteral');
    if (literal === null) {
      return node.getChild('AtModifierPreprocessors')?.firstChild?.name === 'AtStart' ? 'start' : 'end';
    }
    const text = this.#query.slice(literal.from, literal.to).trim();
    const sign = text.startsWith('-') ? -1 : 1;
    const ms = Math.round(sign * parseNumber(text.replace(/^[+-]\s*/, '')) * 1000);
    if (!(Math.abs(ms) <= TIME_MAX_MS)) {
      throw invalidQuery(literal.from, 'this is not a time');
    }
    return ms;
  }

  /** A duration in ms, of a range or an offset; calculations with durations are refused. */
  #duration(node: SyntaxNode | null, parent: SyntaxNode): number {
    const [first, second] = [node?.firstChild ?? null, node?.firstChild?.nextSibling ?? null];
    const isSigned = first?.name === 'UnaryOp';
    const literal = isSigned ? (second?.firstChild ?? null) : first;
    if (literal?.name !== 'NumberDurationLiteralInDurationContext') {
      throw unsupportedQuery(node?.from ?? parent.from, 'calculating with durations is');
    }
    const sign = isSigned && this.#query.charAt(first?.from ?? 0) === '-' ? -1 : 1;
    const ms = Math.round(sign * parseNumber(this.#query.slice(literal.from, literal.to)) * 1000);
    if (!(Math.abs(ms) <= DURATION_MAX_MS)) {
      throw invalidQuery(literal.from, 'this duration is out of range');
    }
    return ms;
  }

  #functionCall(node: SyntaxNode, depth: number): Expression {
    const identifier = expectChild(node);
    const written = this.#query.slice(identifier.from, identifier.to);
    const name = FUNCTIONS.find((known) => known === written);
    if (name === undefined) {
      throw unsupportedQuery(node.from, describeNode(node, this.#query));
    }
    const body = node.getChild('FunctionCallBody');
    const [argument, ...more] = body?.getChildren('Expr') ?? [];
    if (argument === undefined || more.length > 0) {
      throw invalidQuery(
        node.from,
        `${name} takes one argument, ${argument === undefined ? 0 : more.length + 1} are given`,
      );
    }
    const expression = this.expression(argument, depth + 1);
    if (expression.kind !== 'range-selector') {
      throw invalidQuery(argument.from, `${name} takes a range such as requests_total[5m]`);
    }
    return { kind: 'function-call', name, argument: expression, source: { from: node.from, to: node.to } };
  }
}

function hasOffset(node: SyntaxNode): boolean {
  for (let at: SyntaxNode | null = node; at !== null; at = at.firstChild) {
    if (at.name === 'OffsetExpr') {
      return true;
    }
  }
  return false;
}

/** The first part of a node that is not a comment; the grammar promises one where this is called. */
function expectChild(node: SyntaxNode): SyntaxNode {
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'LineComment') {
      return child;
    }
  }
  throw invalidQuery(node.from, 'something is missing here');
}

/** The syntax tree. Strict: the grammar's recovery from errors is for editors, and takes seconds over hostile texts. Throws `invalid-query` where the grammar does not know how to go on. */
function parseTree(query: string): Tree {
  const parse = strictParser.startParse(query);
  try {
    for (;;) {
      const tree = parse.advance();
      if (tree !== null) {
        return tree;
      }
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      throw error;
    }
    const position = skipBlanks(query, parse.parsedPos);
    const found = query.slice(position, position + 40).split(/\s/, 1)[0] ?? '';
    throw invalidQuery(position, found === '' ? 'the query ends too early' : `did not expect ${JSON.stringify(found)}`);
  }
}

function skipBlanks(query: string, position: number): number {
  return position + (/^\s*/.exec(query.slice(position))?.[0].length ?? 0);
}

/**
 * Parses PromQL: selectors with `offset` and `@`, ranges, `rate` and `increase`. Throws `invalid-query` with the position for what is not PromQL, and
 * `query-not-runnable` for PromQL that we do not run yet.
 */
export function parseQuery(query: string): Expression {
  if (query.length > QUERY_LENGTH_MAX) {
    throw invalidQuery(QUERY_LENGTH_MAX, `a query has at most ${QUERY_LENGTH_MAX} characters`);
  }
  const tree = parseTree(query);
  return new QueryParser(query).expression(expectChild(tree.topNode), 0);
}
