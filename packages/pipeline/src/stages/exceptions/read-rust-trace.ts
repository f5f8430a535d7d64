// https://doc.rust-lang.org/std/macro.panic.html, https://doc.rust-lang.org/std/backtrace/
import { frameAt, type StackFrame, type StackTrace } from './stack-frame.ts';
import { FRAMES_MAX, LINE_LENGTH_MAX, linesOf } from './trace-lines.ts';

const SIGN = 'panicked at ';
const PLACE = /^\S{1,512}$/;
const FUNCTION = /^\s*\d{1,4}: (?:0x[0-9a-f]+ - )?(\S.{0,255})$/;

interface Panic {
  readonly message: string | undefined;
  readonly place: StackFrame;
}

/** `thread 'main' panicked at src/main.rs:2:5:`; before Rust 1.73 the message stood before the place, in quotes. */
function readPanic(line: string): Panic | undefined {
  const at = line.indexOf(SIGN);
  if (at < 0) {
    return undefined;
  }
  const body = line.slice(at + SIGN.length);
  const quoted = body.startsWith("'") ? body.lastIndexOf("', ") : -1;
  const place = (quoted < 0 ? body : body.slice(quoted + 3)).replace(/:$/, '');
  return PLACE.test(place)
    ? { message: quoted < 0 ? undefined : body.slice(1, quoted), place: frameAt('', place) }
    : undefined;
}

/** A Rust panic, with the backtrace behind it if there is one. */
export function readRustTrace(text: string): StackTrace | undefined {
  const frames: StackFrame[] = [];
  let panic: Panic | undefined;
  let message: string | undefined;
  let fn = '';
  for (const { line } of linesOf(text)) {
    const bounded = line.slice(0, LINE_LENGTH_MAX);
    if (panic === undefined) {
      panic = readPanic(bounded);
      message = panic?.message;
    } else {
      message ??= bounded;
      const trimmed = bounded.trim();
      if (trimmed.startsWith('at ') && fn !== '' && frames.length < FRAMES_MAX) {
        frames.push(frameAt(fn, trimmed.slice(3)));
      }
      fn = FUNCTION.exec(bounded)?.[1] ?? '';
    }
  }
  return panic === undefined
    ? undefined
    : { type: 'panic', message: message ?? '', frames: frames.length === 0 ? [panic.place] : frames };
}
