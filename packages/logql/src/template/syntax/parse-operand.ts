import { AegisError, unquoteInterpreted, unquoteRaw } from '@aegisguard/model';
import { parseFloatNumber, parseInteger } from '../values/parse-number.ts';
import { quote } from '../values/quote.ts';
import type { NumberNode, OperandNode, PipeNode, StringNode } from './nodes.ts';
import { printNode } from './print-node.ts';
import type { Token } from './token.ts';
import type { TokenReader } from './token-reader.ts';

const FLOAT_MARKS = /[.eEpP]/;
const UINT64_END = 2 ** 64;
const HEX = /^[+-]?0[xX]/;
const ESCAPED_QUOTE = /^'\\'/;

/** A quoted text's value; an escape that Go does not have is `invalid syntax`. */
export function parseString(reader: TokenReader, { text, position }: Token): StringNode {
  try {
    const { value } = text.startsWith('`') ? unquoteRaw(text, 0) : unquoteInterpreted(text, 0);
    return { kind: 'string', position, source: text, value };
  } catch (error) {
    if (error instanceof AegisError) {
      return reader.fail('invalid syntax');
    }
    throw error;
  }
}

function parseCharacter(reader: TokenReader, { text, position }: Token): NumberNode {
  const inner = ESCAPED_QUOTE.test(text) ? "'" : text.slice(1, -1);
  if (inner === '') {
    return reader.fail('invalid syntax');
  }
  let value = inner;
  if (inner.startsWith('\\')) {
    value = parseString(reader, { kind: 'string', text: `"${inner}"`, position }).value;
  }
  const code = value.codePointAt(0);
  if (code === undefined || value !== String.fromCodePoint(code)) {
    return reader.fail(`malformed character constant: ${text}`);
  }
  return { kind: 'number', position, text, integer: BigInt(code), float: code, looksLikeFloat: false };
}

function parseNumber(reader: TokenReader, { text, position }: Token): NumberNode {
  const looksLikeFloat = FLOAT_MARKS.test(text) && !(HEX.test(text) && !/[.pP]/.test(text));
  const integer = parseInteger(text, true);
  if (integer !== undefined) {
    return { kind: 'number', position, text, integer, float: Number(integer), looksLikeFloat: false };
  }
  const float = parseFloatNumber(text, true);
  if (float === undefined || !/[0-9]/.test(text)) {
    return reader.fail(`illegal number syntax: ${quote(text)}`);
  }
  // Go has unsigned integers here, too, which it refuses when they are used.
  if (!looksLikeFloat && !(/^[1-9]/.test(text) && float < UINT64_END)) {
    return reader.fail(`integer overflow: ${quote(text)}`);
  }
  const whole = looksLikeFloat && Number.isInteger(float) && Math.abs(float) < 2 ** 63 ? BigInt(float) : undefined;
  return { kind: 'number', position, text, integer: whole, float, looksLikeFloat };
}

/** An operand without what may follow it; undefined when there is none. */
function parseTerm(reader: TokenReader, parseParenthesized: () => PipeNode): OperandNode | undefined {
  const token = reader.nextNonSpace();
  const { kind, text, position } = token;
  switch (kind) {
    case 'identifier':
      return reader.hasFunction(text)
        ? { kind, position, name: text }
        : reader.fail(`function ${quote(text)} not defined`);
    case 'dot':
    case 'nil':
      return { kind, position };
    case 'variable':
      return reader.variables.includes(text)
        ? { kind, position, name: text, names: [] }
        : reader.fail(`undefined variable ${quote(text)}`);
    case 'field':
      return { kind, position, names: [text.slice(1)] };
    case 'bool':
      return { kind, position, value: text === 'true' };
    case 'char-constant':
      return parseCharacter(reader, token);
    case 'complex':
    case 'number':
      return parseNumber(reader, token);
    case 'string':
    case 'raw-string':
      return parseString(reader, token);
    case 'left-paren':
      return reader.nested(parseParenthesized);
    default:
      reader.back();
      return;
  }
}

/** A term and the fields behind it; undefined when there is none. `parseParenthesized` is called behind an opening parenthesis. */
export function parseOperand(reader: TokenReader, parseParenthesized: () => PipeNode): OperandNode | undefined {
  const node = parseTerm(reader, parseParenthesized);
  const { kind, position } = reader.peek();
  if (node === undefined || kind !== 'field') {
    return node;
  }
  const names: string[] = [];
  while (reader.peek().kind === 'field') {
    names.push(reader.next().text.slice(1));
  }
  switch (node.kind) {
    case 'field':
    case 'variable':
      return { ...node, position, names: [...node.names, ...names] };
    case 'bool':
    case 'string':
    case 'number':
    case 'nil':
    case 'dot':
      return reader.fail(`unexpected . after term ${quote(printNode(node))}`);
    default:
      return { kind: 'chain', position, node, names };
  }
}
