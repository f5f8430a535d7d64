// https://curl.se/docs/manpage.html#-u
import type { Detector, ReportFinding } from '../../detector.ts';
import { TextFeature } from '../../text-features.ts';
import { isPlaceholder } from './placeholders.ts';

const PROGRAM = 'curl';
/** How far behind the program's name its options are looked for. */
const OPTIONS_CHARS_MAX = 1000;
/** `-u name:password`, `--user 'name:password'`; the group that matched is the password. */
const USER =
  /[\s"'](?:-[uU]|--user|--proxy-user)[= \t]{0,4}(?:["'][^"'\n:]{0,100}["']:["']([^"'\n]{1,200})|"[^"\n:]{0,100}:([^"\n]{1,200})"|'[^'\n:]{0,100}:([^'\n]{1,200})'|[^\s"':]{0,100}:([^\s"']{1,200}))/g;

/** `-H 'Key: x'`: names that say too little elsewhere. */
const HEADER =
  /[\s"'](?:-H|--header)[= \t]{0,5}["'](?:x-(?:[a-z]{1,40}-)?)?(?:api-?)?(?:key|token):[ \t]{0,5}([^\s"']{8,500})/gi;

/** Told at a tenth of the cost. */
const HEADER_OPTION = /-H|--h/i;

function reportOptions(options: string, offset: number, report: ReportFinding): void {
  if (!options.includes(':')) {
    return;
  }
  const headers = HEADER_OPTION.test(options) ? [...options.matchAll(HEADER)] : [];
  const matches = [...options.matchAll(USER), ...headers].sort((a, b) => a.index - b.index);
  let done = 0;
  for (const { 0: whole, 1: behindQuotes, 2: inQuotes, 3: inApostrophes, 4: bare, index } of matches) {
    const quoted = inQuotes ?? inApostrophes;
    const value = quoted ?? behindQuotes ?? bare ?? '';
    const end = index + whole.length - (quoted === undefined ? 0 : 1);
    const start = end - value.length;
    if (value !== '' && start >= done && !isPlaceholder(value)) {
      report(offset + start, offset + end);
      done = end;
    }
  }
}

/** Passwords and keys on the command lines of curl. */
export const commandLineUserDetector: Detector = {
  name: 'authorization',
  needs: TextFeature.assignment,
  find(text, _field, report) {
    let program = text.indexOf(PROGRAM);
    while (program !== -1) {
      const next = text.indexOf(PROGRAM, program + PROGRAM.length);
      const end = Math.min(next === -1 ? text.length : next, program + OPTIONS_CHARS_MAX);
      reportOptions(text.slice(program, end), program, report);
      program = next;
    }
  },
};
