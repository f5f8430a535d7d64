import { invalidQuery, type LabelMatcher, type MatchOperator } from '@aegisguard/model';
import type { SyntaxNode } from '@lezer/common';
import { checkRegex } from './check-regex.ts';
import { unquote } from './unquote.ts';

const NAME = '__name__';
const MATCHERS_MAX = 256;

/** One matcher, and whether a series without the label would do. */
interface ReadMatcher {
  readonly matcher: LabelMatcher;
  readonly takesEmpty: boolean;
}

function makeMatcher(name: string, op: MatchOperator, value: string, position: number): ReadMatcher {
  if (name === '') {
    throw invalidQuery(position, 'the name of a label is not empty');
  }
  const equals = op === '=' || op === '!=' ? value === '' : checkRegex(value, position).testExact('');
  return { matcher: { name, op, value }, takesEmpty: equals === (op === '=' || op === '=~') };
}

/** One member of `{…}`: a quoted metric name, or a matcher. */
function readMember(node: SyntaxNode, query: string): ReadMatcher {
  const text = (part: SyntaxNode): string => query.slice(part.from, part.to);
  if (node.name === 'QuotedLabelName') {
    return makeMatcher(NAME, '=', unquote(text(node), node.from), node.from);
  }
  const [label, op, value] = childrenOf(node);
  if (label === undefined || op === undefined || value === undefined) {
    throw invalidQuery(node.from, 'a matcher is a label, an operator and a text');
  }
  const name = label.name === 'QuotedLabelName' ? unquote(text(label), label.from) : text(label);
  return makeMatcher(name, text(op) as MatchOperator, unquote(text(value), value.from), value.from);
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    children.push(child);
  }
  return children;
}

/** The matchers of a `VectorSelector` node. Throws `invalid-query` where Prometheus does: two metric names, nothing that a series must have, an expression that RE2 does not know. */
export function parseMatchers(selector: SyntaxNode, query: string): LabelMatcher[] {
  const identifier = selector.getChild('Identifier');
  const braces = selector.getChild('LabelMatchers');
  const members = (braces === null ? [] : childrenOf(braces)).filter(({ name }) => name !== 'LineComment');
  if (members.length > MATCHERS_MAX) {
    throw invalidQuery(selector.from, `a selector has at most ${MATCHERS_MAX} matchers`);
  }
  const read = members.map((member) => readMember(member, query));
  if (identifier !== null) {
    read.unshift(makeMatcher(NAME, '=', query.slice(identifier.from, identifier.to), identifier.from));
  }
  const quoted = members.filter(({ name }) => name === 'QuotedLabelName').length;
  const names = read.filter(({ matcher }) => matcher.name === NAME).length;
  if (quoted > 1 || (identifier !== null && names > 1) || (quoted === 1 && names > 1)) {
    throw invalidQuery(selector.from, 'the name of the metric is given twice');
  }
  if (read.every(({ takesEmpty }) => takesEmpty)) {
    throw invalidQuery(selector.from, 'a selector needs a metric name, or a matcher that refuses the empty text');
  }
  return read.map(({ matcher }) => matcher);
}
