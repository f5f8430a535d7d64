// Names for what the grammar of @prometheus-io/lezer-promql knows and we do not run yet.
import type { SyntaxNode } from '@lezer/common';

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  NumberDurationLiteral: 'a number as a query is',
  StringLiteral: 'a text as a query is',
  SubqueryExpr: 'subqueries are',
  AnchoredExpr: 'the modifier anchored is',
  SmoothedExpr: 'the modifier smoothed is',
};

/** What a node is, as the beginning of "… not supported yet". */
export function describeNode(node: SyntaxNode, query: string): string {
  const text = (part: SyntaxNode | null): string => (part === null ? '' : query.slice(part.from, part.to));
  switch (node.name) {
    case 'AggregateExpr':
      return `the aggregation ${text(node.firstChild)} is`;
    case 'FunctionCall':
      return `the function ${text(node.firstChild)} is`;
    case 'BinaryExpr':
      return `the operator "${text(node.firstChild?.nextSibling ?? null)}" is`;
    case 'UnaryExpr':
      return `the sign "${text(node.firstChild)}" before an expression is`;
    default:
      return DESCRIPTIONS[node.name] ?? `${node.name} is`;
  }
}
