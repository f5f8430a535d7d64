import type { CommandNode, OperandNode } from '../syntax/nodes.ts';
import type { Evaluate } from './evaluate.ts';
import type { FunctionTable } from './template-function.ts';

/** What stands around the first word of a command. */
export interface Surroundings {
  readonly args: readonly OperandNode[];
  /** Whether there is a command before, whose value comes behind the arguments. */
  readonly hasFinal: boolean;
  /** What an error of a call is about. */
  readonly command: OperandNode | CommandNode;
}

/** Compiles the first word of a command. */
export type CompileWord<Context> = (
  scope: Scope<Context>,
  node: OperandNode,
  around: Surroundings,
) => Evaluate<Context>;

/** What names mean at a place of a template, while it is compiled. */
export class Scope<Context> {
  readonly functions: FunctionTable<Context>;
  readonly #compileWord: CompileWord<Context>;
  /** By their slots. */
  readonly #variables: string[] = ['$'];

  constructor(functions: FunctionTable<Context>, compileWord: CompileWord<Context>) {
    this.functions = functions;
    this.#compileWord = compileWord;
  }

  /** The parts of an operand are operands themselves. */
  compile(node: OperandNode, around: Surroundings = { args: [], hasFinal: false, command: node }): Evaluate<Context> {
    return this.#compileWord(this, node, around);
  }

  declare(name: string): number {
    return this.#variables.push(name) - 1;
  }

  /** −1 when there is none. */
  slotOf(name: string): number {
    return this.#variables.lastIndexOf(name);
  }

  /** Compiles a part whose variables end with it. */
  within<T>(compile: () => T): T {
    const known = this.#variables.length;
    const result = compile();
    this.#variables.length = known;
    return result;
  }
}
