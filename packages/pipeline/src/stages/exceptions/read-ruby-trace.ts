// https://docs.ruby-lang.org/en/master/Exception.html#method-i-full_message, and Rails' log of what was not rescued.
import { readExceptionHead } from './exception-head.ts';
import { type StackFrame, type StackTrace, stackFrame } from './stack-frame.ts';
import { FRAMES_MAX, HEAD_LENGTH_MAX, LINE_LENGTH_MAX, linesOf } from './trace-lines.ts';

const FRAME = /^\s*(?:\d{1,4}: )?(?:from )?([^\s:][^:]{0,511}):(\d{1,9}):in [`']([^']{1,256})'/;
const TYPE = /^[A-Z][\w:]{0,255}$/;

/** Behind the first frame: `: message (Type)`. */
function headBehind(tail: string): { readonly type: string; readonly message: string } | undefined {
  const open = tail.lastIndexOf('(');
  const type = tail.slice(open + 1, -1);
  return tail.startsWith(': ') && tail.endsWith(')') && open > 1 && TYPE.test(type)
    ? { type, message: tail.slice(2, open).trimEnd() }
    : undefined;
}

/** Rails: `Type (message):`. */
function headBefore(text: string): { readonly type: string; readonly message: string } {
  const head = readExceptionHead(text);
  const end = head.message.lastIndexOf(')');
  return end >= 0 && head.message.length - end <= 2 ? { ...head, message: head.message.slice(0, end) } : head;
}

/** Ruby's frames, `file.rb:12:in 'method'`; the message is behind the first of them, or before. */
export function readRubyTrace(text: string): StackTrace | undefined {
  const frames: StackFrame[] = [];
  let head: { readonly type: string; readonly message: string } | undefined;
  let start = 0;
  for (const { line, from } of linesOf(text)) {
    const match = line.length > LINE_LENGTH_MAX ? null : FRAME.exec(line);
    if (match !== null && frames.length < FRAMES_MAX) {
      start = frames.length === 0 ? from : start;
      head ??= headBehind(line.slice(match[0].length));
      frames.push(stackFrame(match[3] ?? '', match[1] ?? '', Number(match[2])));
    }
  }
  if (frames.length === 0) {
    return undefined;
  }
  head ??= headBefore(text.slice(Math.max(0, start - HEAD_LENGTH_MAX), start).trimEnd());
  return { ...head, frames };
}
