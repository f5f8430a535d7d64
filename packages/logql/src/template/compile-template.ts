// The templates of LogQL's `line_format` and `label_format`: https://grafana.com/docs/loki/latest/query/template_functions/

import { compileWithFunctions, type StepAllowance } from './compile-with-functions.ts';
import type { FunctionTable, TemplateFunction } from './execute/template-function.ts';
import { ENCODING_FUNCTIONS } from './functions/encoding-functions.ts';
import { GO_FUNCTIONS } from './functions/go-functions.ts';
import { NUMBER_FUNCTIONS } from './functions/number-functions.ts';
import { REGEX_FUNCTIONS } from './functions/regex-functions.ts';
import { TEXT_FUNCTIONS } from './functions/text-functions.ts';
import { TIME_FUNCTIONS } from './functions/time-functions.ts';
import { GoTime } from './time/go-time.ts';
import { UTC } from './time/zone.ts';
import { StringMap } from './values/string-map.ts';

/** The log that a template is executed for. */
export interface TemplateInput {
  /** The value of a label; undefined when there is none, which a template prints as nothing. */
  readonly labels: (name: string) => string | undefined;
  readonly line: string;
  /** Unix nanoseconds. */
  readonly timestampNanos: bigint;
  /** All labels, for templates that go over them; without it there are none to go over. */
  readonly allLabels?: () => Readonly<Record<string, string>>;
  /** What `now` says, in Unix nanoseconds; without it, the system's clock. */
  readonly nowNanos?: () => bigint;
  /** What the templates of a line may do together; without it, each may do what one may. */
  readonly work?: StepAllowance | undefined;
}

/** A template that is ready for any number of lines. */
export interface CompiledTemplate {
  /** What the template makes of a log. Throws a `TemplateError`. */
  execute(input: TemplateInput): string;
}

/** What the functions of LogQL know of the log. */
interface LogContext {
  readonly input: TemplateInput;
  nowNanos(): bigint;
}

const NANOS_PER_MILLISECOND = 1_000_000n;

const LOG_FUNCTIONS: readonly (readonly [string, TemplateFunction<LogContext>])[] = [
  ['__line__', { parameters: [], call: (_args, { context }) => context.input.line }],
  ['__timestamp__', { parameters: [], call: (_args, { context }) => new GoTime(context.input.timestampNanos, UTC) }],
];

const FUNCTIONS: FunctionTable<LogContext> = new Map([
  ...GO_FUNCTIONS,
  ...TEXT_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...REGEX_FUNCTIONS,
  ...ENCODING_FUNCTIONS,
  ...TIME_FUNCTIONS,
  ...LOG_FUNCTIONS,
]);

/** Compiles a template of LogQL; `name` is `line` or `label` in messages. Throws a `TemplateError`, whose message Loki would give, too. */
export function compileTemplate(text: string, name = 'line'): CompiledTemplate {
  const template = compileWithFunctions(text, name, FUNCTIONS);
  return {
    execute(input) {
      const labels = new StringMap(input.labels, input.allLabels ?? (() => ({})));
      const nowNanos = input.nowNanos ?? (() => BigInt(Date.now()) * NANOS_PER_MILLISECOND);
      return template.execute(labels, { input, nowNanos }, input.work);
    },
  };
}
