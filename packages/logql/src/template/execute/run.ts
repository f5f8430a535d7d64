import type { CommandNode, OperandNode, ParsedTemplate, TemplateNode } from '../syntax/nodes.ts';
import { printNode } from '../syntax/print-node.ts';
import { TemplateError } from '../template-error.ts';
import { quote } from '../values/quote.ts';
import type { FunctionCall } from './template-function.ts';

/** UTF-8 bytes of what a template may give. */
const OUTPUT_BYTES_MAX = 1_048_576;
/** Steps of an execution: a node is one, as are so many characters that a function takes or makes. Some twenty milliseconds. */
const WORK_MAX = 100_000;
const CHARACTERS_PER_STEP = 32;
/** Branches, parentheses and templates within each other: a bound of the stack. */
const DEPTH_MAX = 300;
/** No character has more bytes for each UTF-16 unit. */
const UNIT_BYTES_MAX = 3;

/** Of what went wrong: values are shown, and each line has its own. */
const MESSAGE_LENGTH_MAX = 500;

type ErrorNode = OperandNode | CommandNode | TemplateNode;

/** One execution of a template: what it has written, where it is, and what it may still do. */
export class Run<Context> implements FunctionCall<Context> {
  readonly context: Context;
  readonly #template: ParsedTemplate;
  /** The node that errors are about, as Go keeps it. */
  at: ErrorNode | undefined;
  /** The name of the template, or of the defined one that is being executed. */
  name: string;
  #output = '';
  readonly #stepsMax: number;
  #work = 0;
  #depth = 0;

  constructor(template: ParsedTemplate, context: Context, stepsMax = WORK_MAX) {
    this.#template = template;
    this.#stepsMax = Math.min(stepsMax, WORK_MAX);
    this.name = template.name;
    this.context = context;
  }

  /** Steps that were taken. */
  get steps(): number {
    return this.#work;
  }

  write(text: string): void {
    this.#output += text;
    if (this.#output.length > OUTPUT_BYTES_MAX) {
      this.#failTooLong();
    }
  }

  output(): string {
    const { length } = this.#output;
    if (length * UNIT_BYTES_MAX > OUTPUT_BYTES_MAX && Buffer.byteLength(this.#output) > OUTPUT_BYTES_MAX) {
      this.#failTooLong();
    }
    return this.#output;
  }

  step(): void {
    this.#work++;
    if (this.#work > this.#stepsMax) {
      this.fail(`the template takes more than ${Math.floor(this.#stepsMax)} steps`);
    }
  }

  reserve(length: number): void {
    if (length > OUTPUT_BYTES_MAX) {
      this.#failTooLong();
    }
  }

  charge(characters: number): void {
    this.#work += characters / CHARACTERS_PER_STEP;
    this.step();
  }

  enter(): void {
    this.#depth++;
    if (this.#depth > DEPTH_MAX) {
      this.fail(`exceeded maximum template depth (${DEPTH_MAX})`);
    }
  }

  leave(): void {
    this.#depth--;
  }

  #failTooLong(): never {
    return this.fail(`the text is longer than ${OUTPUT_BYTES_MAX} bytes`);
  }

  /** Says in Go's words that the node where the execution is cannot be executed. */
  fail(message: string): never {
    const { name, text } = this.#template;
    const position = this.at?.position ?? 0;
    const before = text.slice(0, position);
    const lineStart = before.lastIndexOf('\n') + 1;
    const line = before.split('\n').length;
    const column = Buffer.byteLength(before.slice(lineStart));
    const node = this.at === undefined ? '' : printNode(this.at);
    const shown =
      message.length > MESSAGE_LENGTH_MAX ? `${message.slice(0, MESSAGE_LENGTH_MAX).toWellFormed()}…` : message;
    throw new TemplateError(
      `template: ${name}:${line}:${column}: executing ${quote(this.name)} at <${node}>: ${shown}`,
      position,
    );
  }
}
