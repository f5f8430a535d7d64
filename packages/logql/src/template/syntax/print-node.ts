import { quote } from '../values/quote.ts';
import type { CommandNode, OperandNode, PipeNode, TemplateNode } from './nodes.ts';

function chained(names: readonly string[]): string {
  return names.map((name) => `.${name}`).join('');
}

function printPipe({ declarations, isAssignment, commands }: PipeNode): string {
  const declared = declarations.map(printNode).join(', ');
  return `${declared}${declared === '' ? '' : isAssignment ? ' = ' : ' := '}${commands.map(printNode).join(' | ')}`;
}

/** A node as messages show it. */
export function printNode(node: OperandNode | CommandNode | TemplateNode): string {
  switch (node.kind) {
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'field':
      return chained(node.names);
    case 'variable':
      return node.name + chained(node.names);
    case 'chain':
      return (node.node.kind === 'pipe' ? `(${printPipe(node.node)})` : printNode(node.node)) + chained(node.names);
    case 'identifier':
      return node.name;
    case 'bool':
      return String(node.value);
    case 'number':
      return node.text;
    case 'string':
      return node.source;
    case 'pipe':
      return printPipe(node);
    case 'command':
      return node.args.map((arg) => (arg.kind === 'pipe' ? `(${printPipe(arg)})` : printNode(arg))).join(' ');
    case 'template':
      return `{{template ${quote(node.name)}${node.pipe === undefined ? '' : ` ${printPipe(node.pipe)}`}}}`;
  }
}
