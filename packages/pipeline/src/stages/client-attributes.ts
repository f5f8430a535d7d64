import type { JsonObject, JsonValue } from '@aegisguard/model';
import { HINT_HEADERS } from '../enrich/user-agent/client-hints.ts';

/** What may hold an address; the lower its rank, the better. */
export interface Candidate {
  readonly rank: number;
  readonly value: JsonValue;
}

/** What attributes say of a client, as they say it; `undefined` where they say nothing. */
export interface ClientAttributes {
  readonly userAgent: string | undefined;
  /** Candidates for the client's address. */
  readonly addresses: readonly Candidate[];
  /** The same for the other end of a connection. */
  readonly peers: readonly Candidate[];
  /** Client hints as headers. */
  readonly hints: Readonly<Record<string, string>> | undefined;
}

/** May name a machine or a person as well: products of a user agent have versions after a `/`. */
const AMBIGUOUS = 'agent';

/** Names of attributes that hold the text of a user agent, the best first. Dots are members of objects, too: `{user_agent: {original}}`. */
const USER_AGENT_NAMES: readonly string[] = [
  'user_agent.original',
  'http.user_agent',
  'user_agent',
  'userAgent',
  'http_user_agent',
  'useragent',
  'http.request.header.user-agent',
  'http.request.header.user_agent',
  'httpRequest.userAgent',
  'request.headers.User-Agent',
  'request.headers.user-agent',
  'req.headers.user-agent',
  'headers.user-agent',
  'headers.User-Agent',
  'request_User-Agent',
  'http.useragent',
  'user-agent',
  'User-Agent',
  'cs(User-Agent)',
  AMBIGUOUS,
];

/** Names of attributes that hold the address of a client, the best first; the last ones may be a proxy's, or a list. */
const ADDRESS_NAMES: readonly string[] = [
  'client.address',
  'http.client_ip',
  'client_ip',
  'clientip',
  'client.ip',
  'clientIp',
  'client_addr',
  'httpRequest.remoteIp',
  'sourceIPAddress',
  'ClientHost',
  'c-ip',
  'remote_addr',
  'remote_ip',
  'remoteAddr',
  'remoteAddress',
  'remoteIp',
  'request.remote_ip',
  'req.remoteAddress',
  'source.ip',
  'source.address',
  'x_forwarded_for',
  'http_x_forwarded_for',
  'x-forwarded-for',
  'http.request.header.x-forwarded-for',
  'http.request.header.x_forwarded_for',
  'headers.x-forwarded-for',
  'req.headers.x-forwarded-for',
  'request.headers.X-Forwarded-For',
  'ip',
];

/** Names of attributes that hold the other end of a connection, which is a client only where the record is a server's. */
const PEER_NAMES: readonly string[] = ['net.peer.ip', 'net.sock.peer.addr', 'network.peer.address'];

/** Attributes that say the same as a client hint does; `brands` as a list of "name version". */
const HINT_NAMES: ReadonlyMap<string, string> = new Map([
  ['browser.brands', 'sec-ch-ua'],
  ['browser.platform', 'sec-ch-ua-platform'],
  ['browser.mobile', 'sec-ch-ua-mobile'],
]);

type Meaning =
  | { readonly kind: 'agent' | 'address' | 'peer'; readonly rank: number }
  | { readonly kind: 'hint'; readonly header: string }
  | { readonly kind: 'parent' };

const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ...parents([...USER_AGENT_NAMES, ...ADDRESS_NAMES, ...PEER_NAMES, ...HINT_NAMES.keys()]),
  ...ADDRESS_NAMES.map((name, rank) => [name, { kind: 'address', rank }] as const),
  ...PEER_NAMES.map((name, rank) => [name, { kind: 'peer', rank }] as const),
  ...USER_AGENT_NAMES.map((name, rank) => [name, { kind: 'agent', rank }] as const),
  ...[...HINT_NAMES].map(([name, header]) => [name, { kind: 'hint', header }] as const),
  ...HINT_HEADERS.map((header) => [`http.request.header.${header}`, { kind: 'hint', header }] as const),
]);

function parents(names: readonly string[]): readonly (readonly [string, Meaning])[] {
  return names.flatMap((name) =>
    [...name.matchAll(/\./g)].map(({ index }) => [name.slice(0, index), { kind: 'parent' }] as const),
  );
}

/** Most attributes' names are ruled out by their length and first letter before anything is looked up. */
const NAME_LENGTH_MAX = 63;
const FIRSTS = new Uint8Array(128);
const LENGTHS = new Uint8Array(NAME_LENGTH_MAX + 1);
for (const name of MEANINGS.keys()) {
  FIRSTS[name.charCodeAt(0)] = 1;
  LENGTHS[name.length] = 1;
}

/** Collects while walking; made when the first name is met, since most records have none. */
class Findings implements ClientAttributes {
  userAgent: string | undefined;
  readonly addresses: Candidate[] = [];
  readonly peers: Candidate[] = [];
  hints: Record<string, string> | undefined;
  #agentRank = Number.POSITIVE_INFINITY;

  /** Takes what an attribute says; the members of an object may say more. */
  take(path: string, meaning: Meaning, value: JsonValue): void {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      this.#takeMembers(path, value);
    } else if (meaning.kind === 'agent') {
      this.#takeAgent(path, meaning.rank, value);
    } else if (meaning.kind === 'address') {
      this.addresses.push({ rank: meaning.rank, value });
    } else if (meaning.kind === 'peer') {
      this.peers.push({ rank: meaning.rank, value });
    } else if (meaning.kind === 'hint') {
      this.hints ??= {};
      this.hints[meaning.header] = headerValue(value);
    }
  }

  #takeAgent(path: string, rank: number, value: JsonValue): void {
    const text = Array.isArray(value) ? value[0] : value;
    if (
      rank < this.#agentRank &&
      typeof text === 'string' &&
      text !== '' &&
      (path !== AMBIGUOUS || text.includes('/'))
    ) {
      this.userAgent = text;
      this.#agentRank = rank;
    }
  }

  /** As deep as the names have dots: each step is a name that has a longer one. */
  #takeMembers(path: string, members: JsonObject): void {
    for (const key in members) {
      const memberPath = `${path}.${key}`;
      const meaning = memberPath.length <= NAME_LENGTH_MAX ? MEANINGS.get(memberPath) : undefined;
      const value = members[key];
      if (meaning !== undefined && value !== undefined) {
        this.take(memberPath, meaning, value);
      }
    }
  }
}

/** What attributes say of a client; `undefined` when they say nothing. */
export function clientAttributes(attributes: JsonObject): ClientAttributes | undefined {
  let findings: Findings | undefined;
  for (const key in attributes) {
    if (FIRSTS[key.charCodeAt(0)] !== 1 || LENGTHS[key.length] !== 1) {
      continue;
    }
    const meaning = MEANINGS.get(key);
    const value = attributes[key];
    if (meaning !== undefined && value !== undefined) {
      findings ??= new Findings();
      findings.take(key, meaning, value);
    }
  }
  return findings;
}

function headerValue(value: JsonValue): string {
  if (typeof value === 'boolean') {
    return value ? '?1' : '?0';
  }
  const texts = (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
  return texts.some((text) => text.includes('"') || text.startsWith('?'))
    ? texts.join(', ')
    : texts.map(brand).join(', ');
}

/** "Chromium 124" as structured headers write it; a text without a version becomes one between quotes. */
function brand(text: string): string {
  const [, name = text, version] = /^(.{1,80}) ([\d.]{1,40})$/.exec(text) ?? [];
  return version === undefined ? `"${name}"` : `"${name}";v="${version}"`;
}
