// https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2 (domains and address literals), https://www.rfc-editor.org/rfc/rfc5890 (internationalized labels)
import { parseIpv4 } from './ip-address.ts';
import { isTextBeyondAscii } from './text-beyond-ascii.ts';

const DOMAIN_MAX = 255;
const LABEL_MAX = 63;
const DOT = 46;
const LITERAL = /\[(?:(\d[\d.]{6,14})|IPv6:[0-9A-Fa-f:.]{2,45})\]/iy;
/** A top-level domain: two letters or more, or an internationalized one, encoded or not. One that changes to capitals within (`toString`) is a name of a program. */
const TOP_LEVEL = /^(?:[A-Za-z]{2,63}|xn--[A-Za-z0-9-]{1,59})$/i;
const CAMEL_CASE = /[a-z][A-Z]/;
/** Endings of names that have an `@` before and are no domains: files (`logo@2x.png`, `app@1.2.js`), units of systemd (https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html), and names of machines that no mail reaches. */
const NO_TOP_LEVEL: ReadonlySet<string> = new Set(
  (
    'png jpg jpeg gif svg webp avif ico bmp css scss less js mjs cjs jsx ts tsx json map xml html htm yaml yml txt log conf cfg ini lock tgz gz tar whl jar war class java php vue node wasm dll exe pdf csv ' +
    'service socket timer mount automount scope slice swap device internal localdomain localhost svc'
  ).split(' '),
);
/** `1.2.x.y`: two numbers first are a version. */
const VERSION_FIRST = /^\d+\.\d+(?:[.-]|$)/;

/** A last label of a text that is nothing but an address: no such domain is known, but it is written as one. */
const LAST_OF_ALL = /^[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9-]*$/;

/** Where the domain or the address literal that begins here ends, or -1: the longest of which each label and the last of all are as they should be. `isAlone`: the text is nothing but what may be an address. */
export function endOfDomain(text: string, start: number, isAlone: boolean): number {
  if (text.charAt(start) === '[') {
    return endOfLiteral(text, start);
  }
  const firstEnd = endOfLabel(text, start, start + DOMAIN_MAX);
  if (firstEnd === start || text.charCodeAt(firstEnd) !== DOT) {
    return -1;
  }
  let found = -1;
  let labelStart = start;
  for (let labels = 1; ; labels += 1) {
    const labelEnd = endOfLabel(text, labelStart, start + DOMAIN_MAX);
    const label = text.slice(labelStart, labelEnd);
    if (!isLabel(label)) {
      // `x.com-`, `x.com_2`: what comes before is a domain all the same.
      const cut = label.search(/[-_]/);
      return labels > 1 && cut > 0 && isTopLevel(label.slice(0, cut)) ? labelStart + cut : found;
    }
    if (labels > 1 && (isTopLevel(label) || (isAlone && isLastOfAll(text, label, labelEnd)))) {
      found = labelEnd;
    } else if (labels > 1 && label.includes('_') && isTopLevel(label.slice(0, label.indexOf('_')))) {
      found = labelStart + label.indexOf('_');
    }
    if (text.charAt(labelEnd) !== '.') {
      return found;
    }
    labelStart = labelEnd + 1;
  }
}

function endOfLabel(text: string, start: number, limit: number): number {
  let end = start;
  while (end < limit && isLabelCode(text, end)) {
    end += 1;
  }
  return end;
}

function isLabelCode(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code >= 128) {
    return isTextBeyondAscii(text, at);
  }
  const lower = code | 32;
  return (lower >= 97 && lower <= 122) || (code >= 48 && code <= 57) || code === 45 || code === 95;
}

/** Underscores are against the rules, and in use. */
function isLabel(label: string): boolean {
  return label !== '' && label.length <= LABEL_MAX && !label.startsWith('-') && !label.endsWith('-');
}

function isTopLevel(label: string): boolean {
  if (TOP_LEVEL.test(label)) {
    return !CAMEL_CASE.test(label) && !NO_TOP_LEVEL.has(label.toLowerCase());
  }
  return label.length >= 2 && /[^\0-\x7f]/.test(label) && !/[\d_-]/.test(label);
}

function isLastOfAll(text: string, label: string, end: number): boolean {
  return (
    end === text.length && LAST_OF_ALL.test(label) && !CAMEL_CASE.test(label) && !NO_TOP_LEVEL.has(label.toLowerCase())
  );
}

function endOfLiteral(text: string, start: number): number {
  LITERAL.lastIndex = start;
  const literal = LITERAL.exec(text);
  if (literal === null) {
    return -1;
  }
  const [whole, ipv4] = literal;
  return ipv4 === undefined || parseIpv4(ipv4) !== undefined ? start + whole.length : -1;
}

/** Whether it is a version (`pkg@1.2.3-rc.one`). */
export function isMachineDomain(domain: string): boolean {
  return VERSION_FIRST.test(domain);
}
