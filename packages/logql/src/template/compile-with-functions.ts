import { type CompiledBodies, compileBody } from './execute/compile-body.ts';
import { compileFirstWord } from './execute/compile-operand.ts';
import type { Execute } from './execute/evaluate.ts';
import { Run } from './execute/run.ts';
import { Scope } from './execute/scope.ts';
import type { FunctionTable } from './execute/template-function.ts';
import { parseTemplate } from './syntax/parse-template.ts';
import { TemplateError } from './template-error.ts';
import type { Value } from './values/value.ts';

/** A template that is ready to be executed with any data. */
export interface ExecutableTemplate<Context> {
  /** What the template makes of `dot`. Throws a `TemplateError`. */
  execute(dot: Value, context: Context, allowance?: StepAllowance): string;
}

/** Steps that several executions may take together. */
export interface StepAllowance {
  readonly left: number;
  spend(steps: number): void;
}

/** Takes a tenth of a second to compile at most. */
const LENGTH_MAX = 65_536;

/** Compiles a template of Go's text/template that may call `functions`. Throws a `TemplateError`; `name` is how messages call the template. */
export function compileWithFunctions<Context>(
  text: string,
  name: string,
  functions: FunctionTable<Context>,
): ExecutableTemplate<Context> {
  if (text.length > LENGTH_MAX) {
    throw new TemplateError(`template: ${name}:1: a template has at most ${LENGTH_MAX} characters`, LENGTH_MAX);
  }
  const parsed = parseTemplate(name, text, (called) => functions.has(called));
  const bodies = new Map<string, Execute<Context>>();
  const compiled: CompiledBodies<Context> = bodies;
  for (const [defined, nodes] of parsed.bodies) {
    bodies.set(defined, compileBody(new Scope<Context>(functions, compileFirstWord), compiled, nodes));
  }
  const main = bodies.get(name);
  return {
    execute(dot, context, allowance) {
      const run = new Run(parsed, context, allowance?.left);
      try {
        main?.(run, dot, [dot]);
        return run.output();
      } finally {
        allowance?.spend(run.steps);
      }
    },
  };
}
