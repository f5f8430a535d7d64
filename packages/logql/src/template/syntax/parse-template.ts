// The grammar of Go's text/template, with its messages: https://pkg.go.dev/text/template

import { quote } from '../values/quote.ts';
import type { BodyNode, BranchNode, ParsedTemplate, PipeNode } from './nodes.ts';
import { parseString } from './parse-operand.ts';
import { parsePipeline } from './parse-pipeline.ts';
import type { Token } from './token.ts';
import { TokenReader } from './token-reader.ts';

/** What ends a list of nodes; the delimiter behind an `else` is read already unless another branch follows. */
type ListEnd = 'end' | 'else';

type Bodies = Map<string, readonly BodyNode[]>;

interface List {
  readonly nodes: readonly BodyNode[];
  readonly end: ListEnd;
}

function isEnd(node: BodyNode | ListEnd): node is ListEnd {
  return typeof node === 'string';
}

function isEmpty(nodes: readonly BodyNode[]): boolean {
  return nodes.every((node) => node.kind === 'text' && node.text.trim() === '');
}

/** A body replaces an empty one of its name, and gives way to one if it is empty itself. */
function addBody(reader: TokenReader, bodies: Bodies, name: string, nodes: readonly BodyNode[]): void {
  const known = bodies.get(name);
  if (known === undefined || isEmpty(known)) {
    bodies.set(name, nodes);
  } else if (!isEmpty(nodes)) {
    reader.fail(`template: multiple definition of template ${quote(name)}`);
  }
}

function parseName(reader: TokenReader, token: Token, context: string): string {
  return token.kind === 'string' || token.kind === 'raw-string'
    ? parseString(reader, token).value
    : reader.unexpected(token, context);
}

function parseList(reader: TokenReader, bodies: Bodies): List {
  const nodes: BodyNode[] = [];
  while (reader.peekNonSpace().kind !== 'eof') {
    const node = parseTextOrAction(reader, bodies);
    if (isEnd(node)) {
      return { nodes, end: node };
    }
    nodes.push(node);
  }
  return reader.fail('unexpected EOF');
}

/** A list that only `end` may close. */
function parseWholeList(reader: TokenReader, bodies: Bodies, context: string): readonly BodyNode[] {
  const { nodes, end } = parseList(reader, bodies);
  return end === 'end' ? nodes : reader.fail(`unexpected {{${end}}} in ${context}`);
}

function parseElse(reader: TokenReader, bodies: Bodies, kind: BranchNode['kind']): readonly BodyNode[] {
  const token = reader.peekNonSpace();
  if (token.kind === kind && kind !== 'range') {
    reader.next();
    return [parseBranch(reader, bodies, kind, token.position)];
  }
  const { nodes, end } = parseList(reader, bodies);
  return end === 'end' ? nodes : reader.fail(`expected end; found {{${end}}}`);
}

function parseBranch(reader: TokenReader, bodies: Bodies, kind: BranchNode['kind'], position: number): BranchNode {
  return reader.scoped(() => {
    const pipe = parsePipeline(reader, kind, 'right-delimiter');
    reader.rangeDepth += kind === 'range' ? 1 : 0;
    const { nodes: list, end } = parseList(reader, bodies);
    reader.rangeDepth -= kind === 'range' ? 1 : 0;
    const elseList = end === 'else' ? parseElse(reader, bodies, kind) : undefined;
    return { kind, position, pipe, list, elseList };
  });
}

/** Of a template on its own: variables of the one around it are unknown, and no range is around it. */
function parseBody(reader: TokenReader, bodies: Bodies, name: string, context: string): void {
  const outer = reader.variables.splice(0, reader.variables.length, '$');
  const { rangeDepth } = reader;
  reader.rangeDepth = 0;
  const nodes = reader.scoped(() => parseWholeList(reader, bodies, context));
  reader.rangeDepth = rangeDepth;
  reader.variables.splice(0, reader.variables.length, ...outer);
  addBody(reader, bodies, name, nodes);
}

function parseCall(reader: TokenReader, bodies: Bodies, kind: 'template' | 'block'): BodyNode {
  const context = `${kind} clause`;
  const token = reader.nextNonSpace();
  const name = parseName(reader, token, context);
  let pipe: PipeNode | undefined;
  if (kind === 'block' || reader.nextNonSpace().kind !== 'right-delimiter') {
    if (kind === 'template') {
      reader.back();
    }
    pipe = parsePipeline(reader, context, 'right-delimiter');
  }
  if (kind === 'block') {
    parseBody(reader, bodies, name, context);
  }
  return { kind: 'template', position: token.position, name, pipe };
}

function parseJump(reader: TokenReader, kind: 'break' | 'continue', position: number): BodyNode {
  const token = reader.nextNonSpace();
  if (token.kind !== 'right-delimiter') {
    reader.unexpected(token, `{{${kind}}}`);
  }
  return reader.rangeDepth === 0 ? reader.fail(`{{${kind}}} outside {{range}}`) : { kind, position };
}

function parseAction(reader: TokenReader, bodies: Bodies): BodyNode | ListEnd {
  const { kind, position } = reader.nextNonSpace();
  switch (kind) {
    case 'block':
    case 'template':
      return parseCall(reader, bodies, kind);
    case 'break':
    case 'continue':
      return parseJump(reader, kind, position);
    case 'if':
    case 'range':
    case 'with':
      return parseBranch(reader, bodies, kind, position);
    case 'end':
      reader.expect('right-delimiter', 'end');
      return 'end';
    case 'else': {
      const next = reader.peekNonSpace().kind;
      if (next !== 'if' && next !== 'with') {
        reader.expect('right-delimiter', 'else');
      }
      return 'else';
    }
    default: {
      reader.back();
      const start = reader.peek().position;
      return { kind: 'action', position: start, pipe: parsePipeline(reader, 'command', 'right-delimiter') };
    }
  }
}

function parseTextOrAction(reader: TokenReader, bodies: Bodies): BodyNode | ListEnd {
  const token = reader.nextNonSpace();
  if (token.kind === 'text') {
    return { kind: 'text', position: token.position, text: token.text };
  }
  if (token.kind !== 'left-delimiter') {
    return reader.unexpected(token, 'input');
  }
  reader.actionStart = token.position;
  const node = parseAction(reader, bodies);
  reader.actionStart = undefined;
  return node;
}

function parseDefinition(reader: TokenReader, bodies: Bodies): void {
  const context = 'define clause';
  const name = parseName(reader, reader.nextNonSpace(), context);
  reader.expect('right-delimiter', context);
  parseBody(reader, bodies, name, context);
}

/** Parses a template; throws a `TemplateError` in Go's words. */
export function parseTemplate(name: string, text: string, hasFunction: (name: string) => boolean): ParsedTemplate {
  const reader = new TokenReader(name, text, hasFunction);
  const bodies: Bodies = new Map();
  const nodes: BodyNode[] = [];
  while (reader.peek().kind !== 'eof') {
    const { mark } = reader;
    if (reader.next().kind === 'left-delimiter' && reader.nextNonSpace().kind === 'define') {
      parseDefinition(reader, bodies);
      continue;
    }
    reader.goTo(mark);
    const node = parseTextOrAction(reader, bodies);
    if (isEnd(node)) {
      return reader.fail(`unexpected {{${node}}}`);
    }
    nodes.push(node);
  }
  addBody(reader, bodies, name, nodes);
  return { name, text, bodies };
}
