import { cutBetweenWords } from '@aegisguard/model';
/** One call of a stack trace. What the trace does not say is absent. */
export type StackFrame = {
  function?: string;
  file?: string;
  line?: number;
  column?: number;
};

/** What a stack trace says. */
export interface StackTrace {
  /** The exception's class, `''` when the trace does not say. */
  readonly type: string;
  readonly message: string;
  /** Innermost first. */
  readonly frames: readonly StackFrame[];
}

/** A longer name of a function is cut. UTF-16 units. */
const FUNCTION_LENGTH_MAX = 256;
/** The same for files. */
const FILE_LENGTH_MAX = 512;
const DIGITS_MAX = 9;

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Makes a frame; empty texts and NaN are left out. */
export function stackFrame(fn: string, file: string, line = Number.NaN, column = Number.NaN): StackFrame {
  const frame: StackFrame = {};
  if (fn !== '') {
    frame.function = cutBetweenWords(fn, FUNCTION_LENGTH_MAX).toWellFormed();
  }
  if (file !== '') {
    frame.file = cutBetweenWords(file, FILE_LENGTH_MAX).toWellFormed();
  }
  if (!Number.isNaN(line)) {
    frame.line = line;
  }
  if (!Number.isNaN(column)) {
    frame.column = column;
  }
  return frame;
}

/** The number behind the last colon, and where that stands; `undefined` when there is none. */
function lastNumber(text: string): { readonly at: number; readonly value: number } | undefined {
  let at = text.length;
  while (at > 0 && text.length - at <= DIGITS_MAX && isDigit(text.charCodeAt(at - 1))) {
    at -= 1;
  }
  return at < text.length && at > 1 && text.charCodeAt(at - 1) === 58
    ? { at: at - 1, value: Number(text.slice(at)) }
    : undefined;
}

/** A file with `:line` or `:line:column` behind it as a frame of a function. */
export function frameAt(fn: string, location: string): StackFrame {
  const last = lastNumber(location);
  if (last === undefined) {
    return stackFrame(fn, location);
  }
  const rest = location.slice(0, last.at);
  const before = lastNumber(rest);
  return before === undefined
    ? stackFrame(fn, rest, last.value)
    : stackFrame(fn, rest.slice(0, before.at), before.value, last.value);
}

/** True when a location ends in a line's number. */
export function hasLine(location: string): boolean {
  return lastNumber(location) !== undefined;
}
