// https://curl.se/docs/manpage.html#-u
import type { Detector } from '../../detector.ts';
import { TextFeature } from '../../text-features.ts';
import { isPlaceholder } from './placeholders.ts';

const PROGRAM = 'curl';
/** How far behind the program's name its options are looked for. */
const OPTIONS_CHARS_MAX = 1000;
/** `-u name:password`, `--user 'name:password'`; the last group of those that matched is the password. */
const USER =
  /[\s"'](?:-[uU]|--user|--proxy-user)[= \t]{0,4}(?:"[^"\n:]{0,100}:([^"\n]{1,200})"|'[^'\n:]{0,100}:([^'\n]{1,200})'|[^\s"':]{0,100}:([^\s"']{1,200}))/dg;

/** Passwords on the command lines of curl. */
export const commandLineUserDetector: Detector = {
  name: 'authorization',
  needs: TextFeature.assignment,
  find(text, _field, report) {
    let program = text.indexOf(PROGRAM);
    while (program !== -1) {
      const next = text.indexOf(PROGRAM, program + PROGRAM.length);
      const end = Math.min(next === -1 ? text.length : next, program + OPTIONS_CHARS_MAX);
      for (const { indices } of text.slice(program, end).matchAll(USER)) {
        const range = indices?.[1] ?? indices?.[2] ?? indices?.[3];
        if (range !== undefined && !isPlaceholder(text.slice(program + range[0], program + range[1]))) {
          report(program + range[0], program + range[1]);
        }
      }
      program = next;
    }
  },
};
