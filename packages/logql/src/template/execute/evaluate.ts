import type { Value } from '../values/value.ts';
import type { Run } from './run.ts';

/** The variables of a template by their slots; slot 0 is `$`. */
export type Variables = Value[];

/** An operand, a command or a pipeline, ready to be evaluated; a command may get the value of the one before it as `final`. */
export type Evaluate<Context> = (run: Run<Context>, dot: Value, variables: Variables, final: Value) => Value;

/** How a node ended: with `break` or `continue`, the range around it goes on. */
type Flow = 'next' | 'break' | 'continue';

/** A node of a template's body, ready to be executed. */
export type Execute<Context> = (run: Run<Context>, dot: Value, variables: Variables) => Flow;
