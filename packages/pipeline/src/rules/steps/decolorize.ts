// Control sequences: https://www.ecma-international.org/publications-and-standards/standards/ecma-48/
import { RE2JS } from 're2js';
import type { CompiledStep } from '../rule-run.ts';

/** ESC or CSI and parameters up to the final byte. */
const SEQUENCE = RE2JS.compile('[\\x{1b}\\x{9b}][\\[\\]()#;?]*(?:\\d{1,4}(?:;\\d{0,4})*)?[A-PRZcf-ntqry=><~]');

/** Takes colours out of the message. */
export function decolorizeStep(): CompiledStep {
  return (entry) => {
    const { message } = entry.record;
    if (message.includes('\u001b') || message.includes('\u009b')) {
      entry.setMessage(SEQUENCE.matcher(message).replaceAll(''));
    }
  };
}
