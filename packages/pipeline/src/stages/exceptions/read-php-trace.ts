// https://www.php.net/manual/en/exception.gettraceasstring.php, and the line that PHP and Monolog put before it.
import { frameAt, hasLine, type StackFrame, type StackTrace, stackFrame } from './stack-frame.ts';
import { FRAMES_MAX, LINE_LENGTH_MAX, linesOf } from './trace-lines.ts';

const NUMBER = /^#\d{1,4} /;
/** A file with the line's number in parentheses, which PHP writes instead of a colon. */
const PLACE = /^(.{1,512}?)\((\d{1,9})\): /;
const TYPE = /([A-Za-z_][\w\\]{0,255})$/;
const IN = ' in ';

interface Thrown {
  readonly type: string;
  readonly message: string;
  readonly place: StackFrame;
}

/** `PHP Fatal error:  Uncaught Type: message in /file.php:12`. */
function readThrown(line: string): Thrown | undefined {
  const at = line.lastIndexOf(IN);
  const location = line.slice(at + IN.length);
  if (at < 0 || !hasLine(location)) {
    return undefined;
  }
  const uncaught = line.indexOf('Uncaught ');
  const from = uncaught < 0 ? 0 : uncaught + 'Uncaught '.length;
  const colon = line.indexOf(': ', from);
  const type = colon < 0 ? undefined : TYPE.exec(line.slice(Math.max(from, colon - 256), colon))?.[1];
  return type === undefined || colon > at
    ? undefined
    : { type, message: line.slice(colon + 2, at), place: frameAt('', location) };
}

/** `#0 /file.php(12): function(arguments)`; what has no file is PHP's own. */
function readFrame(line: string): StackFrame | undefined {
  const body = line.slice(NUMBER.exec(line)?.[0].length ?? 0);
  if (body === '{main}') {
    return undefined;
  }
  const place = PLACE.exec(body);
  const call = place === null ? body.replace(/^\[internal function\]: /, '') : body.slice(place[0].length);
  const open = call.indexOf('(');
  return stackFrame(
    open < 0 ? call : call.slice(0, open),
    place?.[1] ?? '',
    place === null ? Number.NaN : Number(place[2]),
  );
}

/** PHP's `#0 file(12): function()`; where it was thrown is in the line before. */
export function readPhpTrace(text: string): StackTrace | undefined {
  const frames: StackFrame[] = [];
  let thrown: Thrown | undefined;
  let started = false;
  for (const { line } of linesOf(text)) {
    const bounded = line.slice(0, LINE_LENGTH_MAX);
    if (NUMBER.test(bounded)) {
      started = true;
      const frame = readFrame(bounded);
      if (frame !== undefined) {
        frames.push(frame);
      }
    } else if (started) {
      // What follows is another exception's, the one that this was thrown for.
      break;
    } else {
      thrown = readThrown(bounded) ?? thrown;
    }
    if (frames.length === FRAMES_MAX) {
      break;
    }
  }
  if (!started || (thrown === undefined && !frames.some(({ file }) => file !== undefined))) {
    return undefined;
  }
  const all = thrown === undefined ? frames : [thrown.place, ...frames];
  return { type: thrown?.type ?? '', message: thrown?.message ?? '', frames: all.slice(0, FRAMES_MAX) };
}
