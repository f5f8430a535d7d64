// Control sequences: https://www.ecma-international.org/publications-and-standards/standards/ecma-48/
import type { CompiledStep } from '../rule-run.ts';

/** ESC [ and parameters up to the final byte. The text of the expression has no control character in it. */
const SEQUENCE = /[\u001b\u009b][[\]()#;?]*(?:\d{1,4}(?:;\d{0,4})*)?[A-PRZcf-ntqry=><~]/g;

/** Takes colours out of the message. */
export function decolorizeStep(): CompiledStep {
  return (entry) => {
    const { message } = entry.record;
    if (message.includes('\u001b') || message.includes('\u009b')) {
      entry.setMessage(message.replace(SEQUENCE, ''));
    }
  };
}
