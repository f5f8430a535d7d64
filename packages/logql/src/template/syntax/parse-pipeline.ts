import type { CommandNode, OperandNode, PipeNode, VariableNode } from './nodes.ts';
import { parseOperand } from './parse-operand.ts';
import type { Token, TokenKind } from './token.ts';
import type { TokenReader } from './token-reader.ts';

const STARTS_OPERAND: ReadonlySet<TokenKind> = new Set([
  'bool',
  'char-constant',
  'complex',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'raw-string',
  'string',
  'variable',
  'left-paren',
]);
/** What cannot be given the value of the command before it. */
const CONSTANT: ReadonlySet<OperandNode['kind']> = new Set(['bool', 'dot', 'nil', 'number', 'string']);
const AFTER_SECOND_VARIABLE: ReadonlySet<TokenKind> = new Set(['variable', 'right-delimiter', 'right-paren']);

interface Declarations {
  readonly isAssignment: boolean;
  readonly declarations: readonly VariableNode[];
}

/** `$x :=`, `$x =`, and of a range `$i, $x :=`; nothing is read when there is none. */
function parseDeclarations(reader: TokenReader, context: string): Declarations {
  const declarations: VariableNode[] = [];
  for (;;) {
    const variable = reader.peekNonSpace();
    if (variable.kind !== 'variable') {
      return { isAssignment: false, declarations };
    }
    const { mark } = reader;
    reader.next();
    const { kind, text } = reader.peekNonSpace();
    const isComma = kind === 'char' && text === ',';
    if (kind !== 'assign' && kind !== 'declare' && !isComma) {
      reader.goTo(mark);
      return { isAssignment: false, declarations };
    }
    reader.next();
    declarations.push({ kind: 'variable', position: variable.position, name: variable.text, names: [] });
    reader.variables.push(variable.text);
    if (!isComma) {
      return { isAssignment: kind === 'assign', declarations };
    }
    if (context !== 'range' || declarations.length > 1) {
      return reader.fail(`too many declarations in ${context}`);
    }
    if (!AFTER_SECOND_VARIABLE.has(reader.peekNonSpace().kind)) {
      return reader.fail('range can only initialize variables');
    }
  }
}

function parseCommand(reader: TokenReader): CommandNode {
  const { position } = reader.peekNonSpace();
  const args: OperandNode[] = [];
  for (;;) {
    reader.peekNonSpace();
    const operand = parseOperand(reader, () => parsePipeline(reader, 'parenthesized pipeline', 'right-paren'));
    if (operand !== undefined) {
      args.push(operand);
    }
    const token = reader.next();
    if (token.kind === 'space') {
      continue;
    }
    if (token.kind === 'right-delimiter' || token.kind === 'right-paren') {
      reader.back();
    } else if (token.kind !== 'pipe') {
      reader.unexpected(token, 'operand');
    }
    break;
  }
  const [first, ...rest] = args;
  return first === undefined ? reader.fail('empty command') : { kind: 'command', position, args: [first, ...rest] };
}

function checkCommands(reader: TokenReader, commands: readonly CommandNode[], context: string): void {
  if (commands.length === 0) {
    reader.fail(`missing value for ${context}`);
  }
  for (const [index, { args }] of commands.entries()) {
    if (index > 0 && CONSTANT.has(args[0].kind)) {
      reader.fail(`non executable command in pipeline stage ${index + 1}`);
    }
  }
}

/** Commands up to the token that ends them, that token included. */
export function parsePipeline(reader: TokenReader, context: string, end: TokenKind): PipeNode {
  const { position } = reader.peekNonSpace();
  const { isAssignment, declarations } = parseDeclarations(reader, context);
  const commands: CommandNode[] = [];
  for (;;) {
    const token: Token = reader.nextNonSpace();
    if (token.kind === end) {
      checkCommands(reader, commands, context);
      return { kind: 'pipe', position, isAssignment, declarations, commands };
    }
    if (!STARTS_OPERAND.has(token.kind)) {
      return reader.unexpected(token, context);
    }
    reader.back();
    commands.push(parseCommand(reader));
  }
}
