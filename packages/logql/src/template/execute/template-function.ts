import type { Meter } from '../values/meter.ts';
import type { Value } from '../values/value.ts';

/** The type that Go's function has at a place; `any` takes no value at all, too. */
export type ParameterType = 'any' | 'bool' | 'float64' | 'int' | 'string' | 'time.Time';

/** What a function may ask of the execution that calls it. Texts that it takes and gives are charged already. */
export interface FunctionCall<Context> extends Meter {
  /** What the templates of a kind are about: a line, an alert. */
  readonly context: Context;
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
