import type { IncomingHttpHeaders } from 'node:http';
import type { IngestEnvelope } from '@aegisguard/model';

/** https://wicg.github.io/ua-client-hints/#http-ua-hints */
const HINT_PREFIX = 'sec-ch-ua';
const USER_AGENT_CHARS_MAX = 512;
const HINT_CHARS_MAX = 512;
/** The specification has ten. */
const HINTS_MAX = 16;

/** What a browser says of itself in the headers of what it sends, for the normalizer; nothing endless. */
export function browserFacts(headers: IncomingHttpHeaders): Pick<IngestEnvelope, 'userAgent' | 'clientHints'> {
  const userAgent = headers['user-agent']?.slice(0, USER_AGENT_CHARS_MAX);
  const hints = Object.entries(headers)
    .filter((entry): entry is [string, string] => entry[0].startsWith(HINT_PREFIX) && typeof entry[1] === 'string')
    .slice(0, HINTS_MAX)
    .map(([name, value]) => [name, value.slice(0, HINT_CHARS_MAX)]);
  return {
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(hints.length === 0 ? {} : { clientHints: Object.fromEntries(hints) }),
  };
}
