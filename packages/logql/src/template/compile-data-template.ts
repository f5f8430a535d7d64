import { compileWithFunctions } from './compile-with-functions.ts';
import type { FunctionTable } from './execute/template-function.ts';
import { ENCODING_FUNCTIONS } from './functions/encoding-functions.ts';
import { GO_FUNCTIONS } from './functions/go-functions.ts';
import { NUMBER_FUNCTIONS } from './functions/number-functions.ts';
import { REGEX_FUNCTIONS } from './functions/regex-functions.ts';
import { TEXT_FUNCTIONS } from './functions/text-functions.ts';
import { type Clock, TIME_FUNCTIONS } from './functions/time-functions.ts';
import type { ObjectValue } from './values/value.ts';

/** A template over named values of any kind. */
export interface DataTemplate {
  /** Throws a `TemplateError`. */
  execute(data: ObjectValue, nowNanos: bigint): string;
}

const FUNCTIONS: FunctionTable<Clock> = new Map([
  ...GO_FUNCTIONS,
  ...TEXT_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...REGEX_FUNCTIONS,
  ...ENCODING_FUNCTIONS,
  ...TIME_FUNCTIONS,
]);

/** Compiles a template that may call LogQL's functions but for those about the log, and `more`. Throws a `TemplateError`. */
export function compileDataTemplate(text: string, more: FunctionTable<Clock>): DataTemplate {
  const template = compileWithFunctions(text, 'template', new Map([...FUNCTIONS, ...more]));
  return { execute: (data, nowNanos) => template.execute(data, { nowNanos: () => nowNanos }) };
}
