import { cutBetweenWords } from '@aegisguard/model';

/** What an exception is, as the line before its frames says. */
export interface ExceptionHead {
  readonly type: string;
  readonly message: string;
}

/** How languages end the names of what they throw. */
const ENDINGS = ['Error', 'Exception', 'Throwable', 'Failure', 'Fault', 'Interrupt', 'Panic', 'Warning', 'Exit'];
/** What stands before the type in the same line. */
const PREFIXES = [
  'Uncaught ',
  '(in promise) ',
  'Unhandled exception. ',
  'Unhandled Exception: ',
  'Caused by: ',
  'Exception: ',
];
const THREAD = /^Exception in thread "[^"]{0,128}" /;
const MESSAGE_LENGTH_MAX = 8 * 1024;
const TYPE_LENGTH_MAX = 256;
/** A type that only its place before a colon gives away: `Boom: it broke`. */
const CAPITAL_NAME = /^[A-Z][A-Za-z0-9_]{1,63}$/;
/** Java's and .NET's full names: packages in any case, then a class. */
const QUALIFIED = /^[A-Za-z_][\w$]{0,63}(?:[.\\][A-Za-z_][\w$]{0,63}){1,15}$/;

function isTypePart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36 ||
    code === 46 ||
    code === 58 ||
    code === 92
  );
}

/** Where a name that begins at `from` ends: a single colon is not part of it, two are. */
function nameEnd(line: string, from: number): number {
  let at = from;
  while (isTypePart(line.charCodeAt(at)) && at - from <= TYPE_LENGTH_MAX) {
    if (line.charCodeAt(at) === 58) {
      if (line.charCodeAt(at + 1) !== 58) {
        break;
      }
      at += 1;
    }
    at += 1;
  }
  return at;
}

function isType(name: string): boolean {
  return name.length <= TYPE_LENGTH_MAX && ENDINGS.some((ending) => name.endsWith(ending));
}

/** The message behind a type: the rest of its line, and what follows up to the frames. */
function messageFrom(text: string): string {
  const behind = cutBetweenWords(text, MESSAGE_LENGTH_MAX).trim();
  return (behind.startsWith(':') || behind.startsWith('(') ? behind.slice(1) : behind).trimStart();
}

/** Where the name of a type may begin in a line. */
function skipPrefixes(line: string): number {
  let from = THREAD.exec(line)?.[0].length ?? 0;
  for (const prefix of PREFIXES) {
    from += line.startsWith(prefix, from) ? prefix.length : 0;
  }
  return from;
}

/** True for a name that is one of a type by its looks or, in the line before the frames, by its place. */
function isTypeInPlace(name: string, next: number, isLast: boolean): boolean {
  if (isType(name)) {
    return true;
  }
  return isLast && (QUALIFIED.test(name) ? next === 58 || Number.isNaN(next) : next === 58 && CAPITAL_NAME.test(name));
}

/** A type at the very beginning, as stack traces have it that stand alone. */
function headAtStart(line: string, rest: () => string, isLast: boolean): ExceptionHead | undefined {
  const from = skipPrefixes(line);
  const end = nameEnd(line, from);
  const name = line.slice(from, end);
  const next = line.charCodeAt(end);
  const ends =
    end === line.length || next === 58 || next === 40 || line.startsWith(' [', end) || line.startsWith(' (', end);
  return ends && isTypeInPlace(name, next, isLast)
    ? { type: name, message: messageFrom(line.slice(end) + rest()) }
    : undefined;
}

/** The last type within a line: loggers put time, level and a sentence before it. */
function headInside(line: string, rest: () => string): ExceptionHead | undefined {
  let type = '';
  let typeEnd = 0;
  for (let at = 0; at < line.length; at += 1) {
    const end = nameEnd(line, at);
    if (end > at) {
      const name = line.slice(at, end);
      if ((end === line.length || line.charCodeAt(end) === 58) && isType(name)) {
        type = name;
        typeEnd = end;
      }
      at = end;
    }
  }
  return type === '' ? undefined : { type, message: messageFrom(line.slice(typeEnd) + rest()) };
}

/** Type and message in what stands before a trace's frames; empty texts when it does not say. Of several lines the first that begins with a type, else the last that has one. */
export function readExceptionHead(text: string): ExceptionHead {
  const lines = text.split('\n');
  const restOf = (at: number) => (): string => (at + 1 < lines.length ? `\n${lines.slice(at + 1).join('\n')}` : '');
  for (const [at, line] of lines.entries()) {
    const head = headAtStart(line.trim(), restOf(at), at === lines.length - 1);
    if (head !== undefined) {
      return head;
    }
  }
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const head = headInside(lines[at] ?? '', restOf(at));
    if (head !== undefined) {
      return head;
    }
  }
  return { type: '', message: '' };
}
