import { datadogId, type FoundIds, readHeader, readTrace, spanIdOf, traceIdOf } from './read-ids.ts';

/** A longer message is looked through this far. UTF-16 units. */
const WINDOW = 64 * 1024;
/** So many times may the word occur before the search is given up: each costs a bounded look. */
const TRIES_MAX = 8;
/** A span's id stands near its trace's. */
const SPAN_DISTANCE_MAX = 256;
/** Spring's brackets stand in a line's head. */
const HEAD = 200;

/** From `race` of `trace`: the rest of the name, what stands between, and the value. */
const TRACE_VALUE = /race[-_. ]?(?:id|parent|)(?:\\?["'])?\]? ?[=:] ?(?:\\?["'[])?([0-9A-Za-z][\w;=:@./-]{0,159})/iy;
const SPAN_VALUE = /pan[-_. ]?id(?:\\?["'])?\]? ?[=:] ?(?:\\?["'[])?([0-9A-Fa-f]{16,20})(?![\w-])/iy;
/** Spring Cloud Sleuth: `[application,trace,span]`, with or without a fourth; Micrometer: `[trace-span]`. */
const SPRING = /\[(?:[\w.-]{0,64},)?([0-9a-f]{16}|[0-9a-f]{32})[,-]([0-9a-f]{16})(?:,\w{0,5})?\]/y;
/** What a value has behind it in a line. */
const TAIL = /[.,;:/]+$/;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The span's id on either side of where a trace's was found. */
function spanNear(text: string, at: number): string {
  const from = Math.max(0, at - SPAN_DISTANCE_MAX);
  const near = text.slice(from, at + SPAN_DISTANCE_MAX);
  const lower = near.toLowerCase();
  for (
    let hit = lower.indexOf('pan'), tries = 0;
    hit >= 0 && tries < TRIES_MAX;
    hit = lower.indexOf('pan', hit + 3), tries += 1
  ) {
    const value = matchAt(SPAN_VALUE, near, hit)?.[1];
    if (value !== undefined) {
      return spanIdOf(value);
    }
  }
  return '';
}

/** The ids behind one occurrence of the word. */
function readAt(text: string, at: number): FoundIds | undefined {
  const start = text.charCodeAt(at - 1) | 32;
  if (start !== 116) {
    return undefined;
  }
  const value = matchAt(TRACE_VALUE, text, at)?.[1]?.replace(TAIL, '');
  if (value === undefined) {
    return undefined;
  }
  if (text.charAt(at - 4) === 'd' && text.charAt(at - 3) === 'd' && '._'.includes(text.charAt(at - 2))) {
    return datadogNear(text, at, value);
  }
  const ids = readTrace(value) ?? readHeader(value);
  return ids === undefined || ids.traceId === '' ? undefined : { ...ids, spanId: ids.spanId || spanNear(text, at) };
}

/** Datadog's tracers write `dd.trace_id=… dd.span_id=…` in decimal. */
function datadogNear(text: string, at: number, value: string): FoundIds | undefined {
  const traceId = traceIdOf(datadogId(value));
  const span = /dd[._]span_id["']? ?[=:] ?["']?(\w{1,20})/.exec(text.slice(at, at + SPAN_DISTANCE_MAX))?.[1];
  return traceId === '' ? undefined : { traceId, spanId: span === undefined ? '' : spanIdOf(datadogId(span)) };
}

/** Of the letters of `trace` the last two are the rarest, and so the quickest to search for. */
function idsOfWord(text: string, ending: 'ce' | 'CE'): FoundIds | undefined {
  const a = ending === 'ce' ? 97 : 65;
  let tries = 0;
  for (let at = text.indexOf(ending); at >= 0 && tries < TRIES_MAX; at = text.indexOf(ending, at + 2)) {
    if (text.charCodeAt(at - 1) === a && text.charCodeAt(at - 2) === a + 17) {
      const ids = readAt(text, at - 2);
      if (ids !== undefined) {
        return ids;
      }
      tries += 1;
    }
  }
  return undefined;
}

function idsOfSpring(text: string): FoundIds | undefined {
  for (
    let at = text.indexOf('['), tries = 0;
    at >= 0 && at < HEAD && tries < TRIES_MAX;
    at = text.indexOf('[', at + 1), tries += 1
  ) {
    const match = matchAt(SPRING, text, at);
    const traceId = traceIdOf(match?.[1] ?? '');
    if (traceId !== '') {
      return { traceId, spanId: spanIdOf(match?.[2] ?? '') };
    }
  }
  return undefined;
}

/** The ids that a message says it belongs to; `undefined` when it says none. */
export function idsOfText(message: string): FoundIds | undefined {
  const text = message.length > WINDOW ? message.slice(0, WINDOW) : message;
  return idsOfWord(text, 'ce') ?? idsOfWord(text, 'CE') ?? idsOfSpring(text);
}
