import type { Value } from '../values/value.ts';

/** The type that Go's function has at a place; `any` takes no value at all, too. */
export type ParameterType = 'any' | 'bool' | 'float64' | 'int' | 'string' | 'time.Time';

/** What a function may ask of the execution that calls it. */
export interface FunctionCall<Context> {
  /** What the templates of a kind are about: a line, an alert. */
  readonly context: Context;
  /** Counts work against the execution's bound, in characters; throws when it is reached. Called before texts are made that are longer than the arguments, or looked through slowly. */
  charge(characters: number): void;
}

/** A function that templates may call. Arguments are of the types that are asked for: `int` is a bigint. */
export interface TemplateFunction<Context> {
  readonly parameters: readonly ParameterType[];
  /** Of any number of arguments more. */
  readonly rest?: ParameterType;
  /** Throws a `FunctionError` where Go's would return an error. */
  call(args: readonly Value[], call: FunctionCall<Context>): Value;
}

/** Functions by their names. */
export type FunctionTable<Context> = ReadonlyMap<string, TemplateFunction<Context>>;

/** Why a function has no value for its arguments; the execution says where. */
export class FunctionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FunctionError';
  }
}
