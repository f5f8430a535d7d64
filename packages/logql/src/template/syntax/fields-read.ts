import type { BodyNode, OperandNode, ParsedTemplate, PipeNode } from './nodes.ts';

/** Collects the names; false when an operand takes the whole of the data. */
function collectOperand(node: OperandNode, names: Set<string>): boolean {
  switch (node.kind) {
    case 'dot':
      return false;
    case 'field':
      names.add(node.names[0] ?? '');
      return true;
    case 'variable': {
      if (node.name !== '$') {
        return true;
      }
      const [name] = node.names;
      names.add(name ?? '');
      return name !== undefined;
    }
    case 'chain':
      return collectOperand(node.node, names);
    case 'pipe':
      return collectPipe(node, names);
    default:
      return true;
  }
}

function collectPipe({ commands }: PipeNode, names: Set<string>): boolean {
  return commands.every(({ args }) => args.every((arg) => collectOperand(arg, names)));
}

function collectNode(node: BodyNode, names: Set<string>): boolean {
  switch (node.kind) {
    case 'action':
    case 'template':
      return node.pipe === undefined || collectPipe(node.pipe, names);
    case 'if':
    case 'with':
    case 'range':
      return (
        collectPipe(node.pipe, names) &&
        [...node.list, ...(node.elseList ?? [])].every((inner) => collectNode(inner, names))
      );
    default:
      return true;
  }
}

/** The fields that a template may ask its data for; undefined when it may be any, since the data are used as a whole. */
export function fieldsRead({ bodies }: ParsedTemplate): readonly string[] | undefined {
  const names = new Set<string>();
  const isKnown = [...bodies.values()].every((nodes) => nodes.every((node) => collectNode(node, names)));
  return isKnown ? [...names] : undefined;
}
