/** `.` */
interface DotNode {
  readonly kind: 'dot';
  readonly position: number;
}

/** `nil` */
interface NilNode {
  readonly kind: 'nil';
  readonly position: number;
}

/** `.a.b` */
interface FieldNode {
  readonly kind: 'field';
  readonly position: number;
  readonly names: readonly string[];
}

/** `$x.a.b`; the name is with its dollar sign. */
export interface VariableNode {
  readonly kind: 'variable';
  readonly position: number;
  readonly name: string;
  readonly names: readonly string[];
}

/** `(…).a.b` */
interface ChainNode {
  readonly kind: 'chain';
  readonly position: number;
  readonly node: OperandNode;
  readonly names: readonly string[];
}

/** The name of a function. */
interface IdentifierNode {
  readonly kind: 'identifier';
  readonly position: number;
  readonly name: string;
}

interface BoolNode {
  readonly kind: 'bool';
  readonly position: number;
  readonly value: boolean;
}

/** A number may be an integer and a floating point number at once. */
export interface NumberNode {
  readonly kind: 'number';
  readonly position: number;
  readonly text: string;
  readonly integer: bigint | undefined;
  readonly float: number | undefined;
  /** Whether it is written as a floating point number, which decides where both would do. */
  readonly looksLikeFloat: boolean;
}

export interface StringNode {
  readonly kind: 'string';
  readonly position: number;
  /** With its quotes. */
  readonly source: string;
  readonly value: string;
}

/** `$a, $b := command | command` */
export interface PipeNode {
  readonly kind: 'pipe';
  readonly position: number;
  readonly isAssignment: boolean;
  readonly declarations: readonly VariableNode[];
  readonly commands: readonly CommandNode[];
}

/** A function with its arguments, or an operand alone. */
export interface CommandNode {
  readonly kind: 'command';
  readonly position: number;
  /** At least one. */
  readonly args: readonly [OperandNode, ...OperandNode[]];
}

export type OperandNode =
  | DotNode
  | NilNode
  | FieldNode
  | VariableNode
  | ChainNode
  | IdentifierNode
  | BoolNode
  | NumberNode
  | StringNode
  | PipeNode;

interface TextNode {
  readonly kind: 'text';
  readonly position: number;
  readonly text: string;
}

/** `{{pipe}}` */
export interface ActionNode {
  readonly kind: 'action';
  readonly position: number;
  readonly pipe: PipeNode;
}

/** `{{if pipe}}…{{else}}…{{end}}`, and the same of `with` and `range`. */
export interface BranchNode {
  readonly kind: 'if' | 'with' | 'range';
  readonly position: number;
  readonly pipe: PipeNode;
  readonly list: readonly BodyNode[];
  readonly elseList: readonly BodyNode[] | undefined;
}

/** `{{break}}` and `{{continue}}` */
interface JumpNode {
  readonly kind: 'break' | 'continue';
  readonly position: number;
}

/** `{{template "name" pipe}}` */
export interface TemplateNode {
  readonly kind: 'template';
  readonly position: number;
  readonly name: string;
  readonly pipe: PipeNode | undefined;
}

export type BodyNode = TextNode | ActionNode | BranchNode | JumpNode | TemplateNode;

/** What was parsed: the template itself under its own name, and those that it defines. */
export interface ParsedTemplate {
  readonly name: string;
  readonly text: string;
  readonly bodies: ReadonlyMap<string, readonly BodyNode[]>;
}
