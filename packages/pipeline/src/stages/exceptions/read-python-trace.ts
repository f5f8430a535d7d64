// https://docs.python.org/3/library/traceback.html
import { cutBetweenWords } from '@aegisguard/model';
import { type StackFrame, type StackTrace, stackFrame } from './stack-frame.ts';
import { FRAMES_MAX, linesOf } from './trace-lines.ts';

const START = 'Traceback (most recent call last)';
const FRAME = /^\s*(?:\| )?File "([^"]{1,512})", line (\d{1,9})(?:, in (.{1,256}))?/;
const TYPE = /^([A-Za-z_][\w.]{0,255})(?:: ?|$)/;
const MESSAGE_LENGTH_MAX = 8 * 1024;

/** The exception that a traceback ends with: of a chain the last, which is the one that was not caught. */
export function readPythonTrace(text: string): StackTrace | undefined {
  const start = text.lastIndexOf(START);
  const body = start < 0 ? text : text.slice(start);
  const frames: StackFrame[] = [];
  let type = '';
  let message = '';
  for (const { line, from } of linesOf(body)) {
    const frame = FRAME.exec(line);
    if (frame !== null) {
      frames.push(stackFrame(frame[3] ?? '', frame[1] ?? '', Number(frame[2])));
    } else if (frames.length > 0 && line !== '' && !line.startsWith(' ')) {
      type = TYPE.exec(line)?.[1] ?? '';
      const rest = body.slice(from + type.length).replace(/^:\s?/, '');
      const end = rest.indexOf('\n\n');
      message = type === '' ? '' : cutBetweenWords((end < 0 ? rest : rest.slice(0, end)).trimEnd(), MESSAGE_LENGTH_MAX);
      break;
    }
  }
  return frames.length === 0 ? undefined : { type, message, frames: frames.reverse().slice(0, FRAMES_MAX) };
}
