// https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Error/stack: browsers other than Chrome.
import { readExceptionHead } from './exception-head.ts';
import { frameAt, hasLine, type StackFrame, type StackTrace, stackFrame } from './stack-frame.ts';
import { FRAMES_MAX, HEAD_LENGTH_MAX, linesOf } from './trace-lines.ts';

const NATIVE = '@[native code]';

/** `function@file:1:2`. Names of functions may have an @, and so may addresses: the scheme tells them apart. */
function readFrame(line: string): StackFrame | undefined {
  if (line.endsWith(NATIVE)) {
    return stackFrame(line.slice(0, -NATIVE.length), '');
  }
  const scheme = line.indexOf('://');
  const at = scheme < 0 ? line.indexOf('@') : line.lastIndexOf('@', scheme);
  return at >= 0 && hasLine(line) && !line.slice(0, at).includes(' ')
    ? frameAt(line.slice(0, at), line.slice(at + 1))
    : undefined;
}

/** Firefox and Safari, which put the message elsewhere: what stands before the first frame is a logger's. */
export function readBrowserTrace(text: string): StackTrace | undefined {
  const frames: StackFrame[] = [];
  let start = 0;
  for (const { line, from } of linesOf(text)) {
    const frame = frames.length < FRAMES_MAX ? readFrame(line.trim()) : undefined;
    if (frame !== undefined) {
      start = frames.length === 0 ? from : start;
      frames.push(frame);
    }
  }
  const head = text.slice(Math.max(0, start - HEAD_LENGTH_MAX), start).trimEnd();
  return frames.length === 0 ? undefined : { ...readExceptionHead(head), frames };
}
