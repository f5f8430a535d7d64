// `at …` frames: Java, Kotlin and Scala (https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/lang/Throwable.html#printStackTrace()), V8 (https://v8.dev/docs/stack-trace-api),
// .NET (https://learn.microsoft.com/en-us/dotnet/api/system.exception.stacktrace).
import { readExceptionHead } from './exception-head.ts';
import { frameAt, hasLine, type StackFrame, type StackTrace, stackFrame } from './stack-frame.ts';
import { FRAMES_MAX, HEAD_LENGTH_MAX, linesOf } from './trace-lines.ts';

const LINE_WORD = ':line ';
const JAVA_FILE = /^[\w$]{1,128}\.(?:java|kt|scala|groovy|clj)$/;
/** What a file's name or address has. */
const PATH_SIGN = /[./\\]/;
/** What V8 has in place of a file and line. */
const V8_NO_FILE = new Set(['native', '<anonymous>', 'unknown location']);

/** .NET: `Name(Type a) in file:line 12`, the last part only with symbols. */
function dotnetFrame(body: string, open: number): StackFrame {
  const close = body.indexOf(')', open);
  const at = body.indexOf(' in ', close);
  const file = close < 0 || at < 0 ? '' : body.slice(at + 4);
  const word = file.lastIndexOf(LINE_WORD);
  return word < 0
    ? stackFrame(body.slice(0, open), file)
    : stackFrame(body.slice(0, open), file.slice(0, word), Number.parseInt(file.slice(word + LINE_WORD.length), 10));
}

/** Java: `module/package.Class.method(File.java:12)`. */
function javaFrame(body: string, open: number, close: number): StackFrame {
  const inside = body.slice(open + 1, close);
  const fn = body.slice(body.lastIndexOf('/', open) + 1, open);
  const isKnown = inside !== 'Unknown Source' && inside !== 'Native Method';
  return isKnown ? frameAt(fn, inside) : stackFrame(fn, '');
}

/** The name that V8 gives a function, without `new`, `async` and its other name. */
function v8Function(text: string): string {
  const from = text.startsWith('async ') ? 6 : text.startsWith('new ') ? 4 : 0;
  const alias = text.endsWith(']') ? text.lastIndexOf(' [as ') : -1;
  return text.slice(from, alias < 0 ? undefined : alias);
}

/** V8: `function (file:1:2)`; of an eval the place that it was called at. `undefined` for prose with parentheses. */
function v8Frame(body: string, open: number): StackFrame | undefined {
  const fn = v8Function(body.slice(0, open).trimEnd());
  let location = body.slice(open + 1, body.endsWith(')') ? -1 : undefined);
  if (location.startsWith('eval at ')) {
    const inner = location.lastIndexOf('(');
    const end = location.indexOf(')', inner);
    location = inner < 0 || end < 0 ? location : location.slice(inner + 1, end);
  }
  if (V8_NO_FILE.has(location)) {
    return stackFrame(fn, '');
  }
  return hasLine(location) ? frameAt(fn, location) : undefined;
}

/** A line that begins with `at `; `undefined` when it is prose. */
function readFrame(body: string): StackFrame | undefined {
  const open = body.indexOf('(');
  if (open > 0 && body.charCodeAt(open - 1) === 32) {
    return v8Frame(body, open);
  }
  if (open < 0) {
    const location = body.startsWith('async ') ? body.slice(6) : body;
    // A place alone has a column, too; prose has hours.
    const frame = hasLine(location) ? frameAt('', location) : undefined;
    return frame?.column !== undefined && PATH_SIGN.test(frame.file ?? '') ? frame : undefined;
  }
  const close = body.indexOf(')', open);
  const inside = close < 0 ? '' : body.slice(open + 1, close);
  if (hasLine(inside) || inside === 'Unknown Source' || inside === 'Native Method' || JAVA_FILE.test(inside)) {
    return javaFrame(body, open, close);
  }
  const isDotnet = close === body.length - 1 || body.startsWith(' in ', close + 1);
  return isDotnet && !body.slice(0, open).includes(' ') ? dotnetFrame(body, open) : undefined;
}

/** Where the first exception of several ends: its causes and what was suppressed have traces of their own. */
function endsException(line: string): boolean {
  return line.startsWith('Caused by: ') || line.startsWith('Suppressed: ') || line.startsWith('[cause]: ');
}

/** The first exception of a trace whose frames begin with `at `; `undefined` when there is no such frame. */
export function readAtTrace(text: string): StackTrace | undefined {
  let frames: StackFrame[] = [];
  let head: string | undefined;
  for (const { line, from } of linesOf(text)) {
    const trimmed = line.trim();
    const frame = trimmed.startsWith('at ') ? readFrame(trimmed.slice(3)) : undefined;
    if (frame !== undefined) {
      head ??= text.slice(Math.max(0, from - HEAD_LENGTH_MAX), Math.max(0, from - 1));
      if (frames.length < FRAMES_MAX) {
        frames.push(frame);
      }
    } else if (head !== undefined && trimmed.startsWith('--- End of inner')) {
      // .NET prints the inner exception's frames first.
      frames = [];
    } else if (head !== undefined && endsException(trimmed)) {
      break;
    }
  }
  if (head === undefined) {
    return undefined;
  }
  const { type, message } = readExceptionHead(head);
  const inner = message.indexOf(' ---> ');
  return { type, message: inner < 0 ? message : message.slice(0, inner), frames };
}
