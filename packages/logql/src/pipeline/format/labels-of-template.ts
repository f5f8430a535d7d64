import type { BodyNode, OperandNode, PipeNode } from '../../template/syntax/nodes.ts';
import { parseTemplate } from '../../template/syntax/parse-template.ts';

/** The labels that a template reads. */
export interface TemplateLabels {
  readonly names: readonly string[];
  /** It has the map of all labels in hand. */
  readonly mayReadOthers: boolean;
}

/** The labels that a template names, and whether it may read others. A text that is no template throws. */
export function labelsOfTemplate(template: string): TemplateLabels {
  const found: (string | undefined)[] = [];
  for (const body of parseTemplate('', template, () => true).bodies.values()) {
    visitBody(body, found);
  }
  const names = found.filter((name) => name !== undefined);
  return { names, mayReadOthers: names.length < found.length };
}

function visitBody(nodes: readonly BodyNode[], found: (string | undefined)[]): void {
  for (const node of nodes) {
    switch (node.kind) {
      case 'action':
        visitPipe(node.pipe, found);
        break;
      case 'if':
      case 'with':
      case 'range':
        visitPipe(node.pipe, found);
        visitBody(node.list, found);
        visitBody(node.elseList ?? [], found);
        break;
      case 'template':
        found.push(undefined);
        break;
      default:
    }
  }
}

function visitPipe({ commands }: PipeNode, found: (string | undefined)[]): void {
  for (const { args } of commands) {
    for (const arg of args) {
      visitOperand(arg, found);
    }
  }
}

function visitOperand(node: OperandNode, found: (string | undefined)[]): void {
  switch (node.kind) {
    case 'field':
      found.push(node.names[0]);
      break;
    case 'pipe':
      visitPipe(node, found);
      break;
    case 'chain':
      visitOperand(node.node, found);
      break;
    // All of the labels, or a part of something, which does no harm.
    case 'dot':
      found.push(undefined);
      break;
    case 'variable':
      found.push(node.names[0]);
      break;
    default:
  }
}
