// https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-logs/
import type { JsonObject, JsonValue } from '@aegisguard/model';
import type { LogStage } from '../stage.ts';
import { readStackTrace } from './exceptions/read-stack-trace.ts';
import type { StackTrace } from './exceptions/stack-frame.ts';
import { levelOf } from './levels.ts';
import { countAttributes } from './lift/lift-members.ts';

const TYPE = 'exception.type';
const MESSAGE = 'exception.message';
const FRAMES = 'exception.frames';
/** Room for the three that are added (contract §6, "Records": 512). */
const ATTRIBUTE_COUNT_MAX = 512 - 3;
/** OpenTelemetry's ERROR. */
const SEVERITY_ERROR = 17;
/** A shorter text is no trace. */
const STACK_LENGTH_MIN = 20;
/** An array of lines is looked through this far. */
const LINES_MAX = 200;

/** Attributes that hold a trace: OpenTelemetry's, ECS's, logback's, Serilog's, Python's, Ruby's. */
const STACK_NAMES = new Set([
  ...[
    'exception.stacktrace',
    'error.stack',
    'error.stack_trace',
    'err.stack',
    'stack_trace',
    'stackTrace',
    'stacktrace',
  ],
  ...[
    'StackTrace',
    'stack',
    '@x',
    'exc_info',
    'exception',
    'Exception',
    'error',
    'traceback',
    'backtrace',
    'errorVerbose',
  ],
]);
/** Attributes that are objects with such a member. */
const ERROR_NAMES = new Set(['error', 'err', 'exception', 'exc', 'e', 'thrown', 'cause']);

function textOf(value: JsonValue | undefined): string {
  if (typeof value === 'string') {
    return value.length >= STACK_LENGTH_MIN ? value : '';
  }
  const isLines = Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'string';
  return isLines
    ? value
        .slice(0, LINES_MAX)
        .filter((line) => typeof line === 'string')
        .join('\n')
    : '';
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The trace that attributes hold under a usual name, one level deep. */
function traceOfAttributes(attributes: JsonObject, isNested = false): StackTrace | undefined {
  for (const name in attributes) {
    const value = attributes[name];
    if (STACK_NAMES.has(name)) {
      const text = textOf(value);
      const trace = text === '' ? undefined : readStackTrace(text);
      if (trace !== undefined) {
        return trace;
      }
    }
    const nested = !isNested && isObject(value) && ERROR_NAMES.has(name) ? traceOfAttributes(value, true) : undefined;
    if (nested !== undefined) {
      return nested;
    }
  }
  return undefined;
}

function addText(attributes: JsonObject, name: string, text: string): void {
  if (text !== '' && !Object.hasOwn(attributes, name)) {
    attributes[name] = text.toWellFormed();
  }
}

/**
 * Finds a stack trace, in an attribute that is called so or in the message, and says of the first exception in it `exception.type`, `exception.message` and `exception.frames`: at most 50 of
 * `{function, file, line, column}`, innermost first. What is there already stays. An exception in a record of which nothing says the level makes it an error.
 */
export const exceptions: LogStage = {
  name: 'exceptions',
  apply(record) {
    const { attributes } = record;
    const trace = traceOfAttributes(attributes) ?? readStackTrace(record.message);
    if (trace === undefined || countAttributes(attributes) > ATTRIBUTE_COUNT_MAX) {
      return;
    }
    addText(attributes, TYPE, trace.type);
    addText(attributes, MESSAGE, trace.message);
    if (!Object.hasOwn(attributes, FRAMES)) {
      attributes[FRAMES] = [...trace.frames];
    }
    if (record.severityNumber === 0 && record.severityText === '' && trace.type !== '') {
      record.severityNumber = SEVERITY_ERROR;
      record.level = levelOf(SEVERITY_ERROR);
    }
  },
};
