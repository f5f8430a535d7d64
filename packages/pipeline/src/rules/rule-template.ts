import type { JsonObject } from '@aegisguard/model';

/** A template made ready: its result over named values; `value` is what it calls `.Value`. Throws `RuleError`. */
export type TextTemplate = (data: JsonObject, value: string) => string;
