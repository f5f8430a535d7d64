import type { JsonObject } from '@aegisguard/model';
import { BoundedCache } from './bounded-cache.ts';
import type { UserAgentLookup } from './lookups.ts';
import { HINT_HEADERS } from './user-agent/client-hints.ts';
import { type ClientReader, createClientReader } from './user-agent/client-reader.ts';

/** Longer texts are cut: real ones are below 400 characters, and patterns take time that grows faster than their length. */
const TEXT_LENGTH_MAX = 512;
/** With texts of full length and their answers 10 MB; a browser's traffic has some hundreds of texts. */
const ANSWERS_MAX = 10_000;
/** Stands in the cache for "nothing is known". */
const NOTHING: JsonObject = Object.freeze({});

/** Makes a lookup; one for each thread. The patterns are read when the first text is asked for. */
export function createUserAgentLookup(): UserAgentLookup {
  const answers = new BoundedCache<JsonObject>(ANSWERS_MAX);
  let reader: ClientReader | undefined;
  return {
    find(userAgent, clientHints) {
      const text = userAgent.length > TEXT_LENGTH_MAX ? userAgent.slice(0, TEXT_LENGTH_MAX) : userAgent;
      if (text === '' && clientHints === undefined) {
        return undefined;
      }
      const key = clientHints === undefined ? text : keyOf(text, clientHints);
      let answer = answers.get(key);
      if (answer === undefined) {
        reader ??= createClientReader();
        answer = Object.freeze(reader.read(ownCopy(text), clientHints) ?? NOTHING);
        answers.set(ownCopy(key), answer);
      }
      return answer === NOTHING ? undefined : answer;
    },
  };
}

function keyOf(text: string, clientHints: Readonly<Record<string, string>>): string {
  return [text, ...HINT_HEADERS.map((header) => clientHints[header] ?? '')].join('\n');
}

/** A text that shares no memory: parts of a text keep the whole alive, which may be a batch of megabytes. */
function ownCopy(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
