import type { JsonObject, JsonValue } from '@aegisguard/model';

// https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-spans/

/** An exception that a span's event tells of. */
export interface SpanException {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  /** What else the event says. */
  readonly rest: JsonObject;
}

function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : undefined;
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The exception of an event's attributes, dotted or nested; undefined when it tells of none. */
export function exceptionOf(attributes: JsonObject): SpanException | undefined {
  const of = (name: string): string => text(attributes[`exception.${name}`] ?? member(attributes.exception, name));
  const [type, message, stack] = [of('type'), of('message'), of('stacktrace')];
  if (type === '' && message === '' && stack === '') {
    return undefined;
  }
  const rest = Object.entries(attributes).filter(
    ([name]) => name !== 'exception' && !/^exception\.(?:type|message|stacktrace)$/.test(name),
  );
  return { type, message, stack, rest: Object.fromEntries(rest) };
}

/** Frames of libraries and of the runtime: they are there, and pale. */
const FOREIGN_FRAME =
  /node_modules|node:internal|site-packages|\/usr\/lib|\bjava\.|\bjavax\.|\bsun\.|\bjdk\.|^\s*at (?:async )?Promise\b/;

/** A line of a stack trace. */
export interface StackLine {
  readonly id: string;
  readonly text: string;
  /** What it says is about somebody else's code. */
  readonly isForeign: boolean;
}

/** The lines of a stack trace. */
export function stackLines(stack: string): readonly StackLine[] {
  return stack
    .trimEnd()
    .split('\n')
    .map((line, index) => ({ id: `${index} ${line}`, text: line, isForeign: FOREIGN_FRAME.test(line) }));
}
