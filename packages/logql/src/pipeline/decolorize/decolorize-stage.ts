// `| decolorize`: https://grafana.com/docs/loki/latest/query/log_queries/#removing-color-codes
// Escape sequences of terminals: https://www.ecma-international.org/publications-and-standards/standards/ecma-48/
import type { LineStage } from '../line-stage.ts';

const ESCAPE = '\u001b';
const CONTROL_SEQUENCE = '\u009b';
const BELL = 0x07;
const INTRODUCERS = new RegExp(`[${ESCAPE}${CONTROL_SEQUENCE}]`, 'g');
/** What may follow an introducer. */
const OPENING = /[[\]()#;?]*/y;
/** What a bell may end, as a title. */
const WORDS = /[a-zA-Z0-9;]*/y;
/** Numbers of up to four digits; one more ends the sequence. */
const NUMBERS = /[0-9]{1,4}(?:;[0-9]{0,4})*/y;
const FINAL = /[0-9A-PRZcf-ntqry=><~]/y;
const LAST_DIGIT = /[0-9](?=;*$)/;

/** Takes the escape sequences for colors and the like out of lines. */
export function compileDecolorize(): LineStage {
  return {
    run: (state) => {
      state.line = decolorize(state.line);
      return true;
    },
  };
}

/** A text without escape sequences. An introducer that begins none stays. Linear: no part of the text is looked at more than a few times. */
function decolorize(text: string): string {
  INTRODUCERS.lastIndex = 0;
  if (!INTRODUCERS.test(text)) {
    return text;
  }
  let kept = '';
  let at = 0;
  INTRODUCERS.lastIndex = 0;
  for (let found = INTRODUCERS.exec(text); found !== null; found = INTRODUCERS.exec(text)) {
    const end = sequenceEnd(text, found.index + 1);
    if (end !== undefined) {
      kept += text.slice(at, found.index);
      at = end;
      INTRODUCERS.lastIndex = end;
    }
  }
  return kept + text.slice(at);
}

/** Where the sequence ends whose introducer stands before `start`; undefined when there is none. */
function sequenceEnd(text: string, start: number): number | undefined {
  const opened = endOf(OPENING, text, start) ?? start;
  const bell = endOf(WORDS, text, opened) ?? opened;
  if (text.charCodeAt(bell) === BELL) {
    return bell + 1;
  }
  const numbers = endOf(NUMBERS, text, opened);
  if (numbers === undefined) {
    return endOf(FINAL, text, opened);
  }
  // Without a final character, the last digit is one.
  return endOf(FINAL, text, numbers) ?? opened + text.slice(opened, numbers).search(LAST_DIGIT) + 1;
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
