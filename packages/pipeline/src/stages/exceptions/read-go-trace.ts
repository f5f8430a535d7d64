// https://pkg.go.dev/runtime#hdr-Environment_Variables (GOTRACEBACK), and what github.com/pkg/errors prints for %+v.
import { cutBetweenWords } from '@aegisguard/model';
import { frameAt, type StackFrame, type StackTrace } from './stack-frame.ts';
import { FRAMES_MAX, linesOf } from './trace-lines.ts';

const FILE = /^\t(\S.{0,511}?:\d{1,9})(?: \+0x[0-9a-f]+)?$/;
const HEADS = ['panic: ', 'fatal error: '] as const;
const MESSAGE_LENGTH_MAX = 8 * 1024;

/** A function without its arguments; those of methods have parentheses in their names. */
function functionName(line: string): string {
  const name = line.replace(/^created by /, '').replace(/ in goroutine \d+$/, '');
  const open = name.lastIndexOf('(');
  return name.endsWith(')') && open > 0 ? name.slice(0, open) : name;
}

function readHead(text: string): { readonly type: string; readonly message: string } {
  for (const head of HEADS) {
    const at = text.startsWith(head) ? 0 : text.indexOf(`\n${head}`) + 1;
    const from = at === 0 && !text.startsWith(head) ? text.indexOf(head) : at;
    if (from >= 0) {
      const end = text.indexOf('\n', from);
      const line = text.slice(from + head.length, end < 0 ? undefined : end);
      return {
        type: head.slice(0, -2),
        message: cutBetweenWords(line.replace(/ \[recovered\]$/, ''), MESSAGE_LENGTH_MAX),
      };
    }
  }
  return { type: '', message: '' };
}

/** The first goroutine of a panic, or the stack of an error; `undefined` when there is none. */
export function readGoTrace(text: string): StackTrace | undefined {
  const frames: StackFrame[] = [];
  let before = '';
  for (const { line } of linesOf(text)) {
    const location = FILE.exec(line)?.[1];
    if (location?.includes('.go:') && before !== '' && !before.startsWith('\t')) {
      frames.push(frameAt(functionName(before), location));
    } else if (line === '' && frames.length > 0) {
      break;
    }
    before = line;
    if (frames.length === FRAMES_MAX) {
      break;
    }
  }
  return frames.length === 0 ? undefined : { ...readHead(text), frames };
}
