import { readAtTrace } from './read-at-frames.ts';
import { readBrowserTrace } from './read-browser-trace.ts';
import { readGoTrace } from './read-go-trace.ts';
import { readPhpTrace } from './read-php-trace.ts';
import { readPythonTrace } from './read-python-trace.ts';
import { readRubyTrace } from './read-ruby-trace.ts';
import { readRustTrace } from './read-rust-trace.ts';
import type { StackTrace } from './stack-frame.ts';

/** What is looked through of a longer text. UTF-16 units. */
const WINDOW = 64 * 1024;

/** A cheap sign of each kind of trace, and what reads it. A text may have several signs: the first that yields a trace counts. */
const READERS: readonly (readonly [signs: readonly string[], read: (text: string) => StackTrace | undefined])[] = [
  [['Traceback (most recent', 'File "'], readPythonTrace],
  [['panicked at '], readRustTrace],
  [['.go:'], readGoTrace],
  [['\n#0 ', '\n#1 '], readPhpTrace],
  [[':in `', ":in '"], readRubyTrace],
  [['\n\tat ', ' at ', '\nat '], readAtTrace],
  [['@http', '@file:', '@webpack', '@moz', '@app'], readBrowserTrace],
];

/** Reads the first exception's trace in a text; `undefined` when it has none. A text of one line has none. */
export function readStackTrace(text: string): StackTrace | undefined {
  if (!text.includes('\n')) {
    return undefined;
  }
  const window = (text.length > WINDOW ? text.slice(0, WINDOW) : text).replaceAll('\r\n', '\n');
  for (const [signs, read] of READERS) {
    if (signs.some((sign) => window.includes(sign))) {
      const trace = read(window);
      if (trace !== undefined) {
        return trace;
      }
    }
  }
  return undefined;
}
