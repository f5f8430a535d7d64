import type { IngestEnvelope, JsonObject, JsonValue, RumRecord } from '@aegisguard/model';
import { addressIn, isPublicAddress } from '../enrich/client-address.ts';
import type { LogStage, RumStage, SpanStage, StageContext } from '../stage.ts';
import { readAccessLine } from './access-line.ts';
import { type Candidate, type ClientAttributes, clientAttributes } from './client-attributes.ts';

/** Where the used address is kept when it came with the connection: https://opentelemetry.io/docs/specs/semconv/registry/attributes/client/ */
const CLIENT_ADDRESS = 'client.address';
/** More entries of a list of addresses are not looked at. */
const FORWARDED_MAX = 20;
/** Longer texts are no lists of addresses. */
const FORWARDED_LENGTH_MAX = 1000;

/** A record that says where and what a client is. */
interface Enriched {
  geo: JsonObject;
  userAgent: JsonObject;
}

/** What is known of one client. */
interface Client {
  readonly address: string | undefined;
  readonly userAgent: string | undefined;
  readonly hints: Readonly<Record<string, string>> | undefined;
}

/** Adds where the client is and what it is, by the record's attributes or by its message, when that is a line of an access log. The connection's peer is an agent or a collector, which says nothing of the client. */
export const logClient: LogStage = {
  name: 'client',
  apply(record, context) {
    const found = clientAttributes(record.attributes) ?? browserOf(record.resource);
    const line = found === undefined ? readAccessLine(record.message) : undefined;
    if (found !== undefined) {
      enrich(record, clientOf(found), context);
    } else if (line !== undefined) {
      enrich(record, { address: addressIn(line.address), userAgent: line.userAgent, hints: undefined }, context);
    }
  },
};

/** The same for spans. Of the kinds only a server's tell of a client: in a client's the agent is the program itself, and the peer is the server (https://opentelemetry.io/docs/specs/semconv/http/http-spans/). A browser says so in its resource. */
export const spanClient: SpanStage = {
  name: 'client',
  apply(record, context) {
    const isServer = record.kind === 'server';
    const found = (isServer ? clientAttributes(record.attributes) : undefined) ?? browserOf(record.resource);
    if (found !== undefined) {
      const client = clientOf(found);
      enrich(record, isServer ? { ...client, address: client.address ?? addressOf(found.peers) } : client, context);
    }
  },
};

/** The same for what browsers report, where the connection's peer is the client, and its headers are what it says of itself; attributes win, since an application may report for others. */
export const rumClient: RumStage = {
  name: 'client',
  apply(record, context) {
    const found = clientAttributes(record.attributes);
    const said = found === undefined ? undefined : clientOf(found);
    const { envelope } = context;
    const isOwnAgent = said?.userAgent === undefined;
    enrich(
      record,
      {
        address: said?.address ?? peerAddress(record, envelope),
        userAgent: said?.userAgent ?? envelope.userAgent,
        hints: said?.hints ?? (isOwnAgent ? envelope.clientHints : undefined),
      },
      context,
    );
  },
};

/** The peer's address, which is kept in the record, since nothing else says it. */
function peerAddress(record: RumRecord, { clientAddress }: IngestEnvelope): string | undefined {
  const address = addressIn(clientAddress);
  if (address !== undefined && !Object.hasOwn(record.attributes, CLIENT_ADDRESS)) {
    record.attributes[CLIENT_ADDRESS] = address;
  }
  return address;
}

/** What was there before stays. The lookups' answers are shared, and later stages change records in place: records get copies. */
function enrich(record: Enriched, { address, userAgent, hints }: Client, { geo, userAgents }: StageContext): void {
  if (address !== undefined && isEmpty(record.geo)) {
    const place = geo.find(address);
    if (place !== undefined) {
      record.geo = { ...place };
    }
  }
  if ((userAgent !== undefined || hints !== undefined) && isEmpty(record.userAgent)) {
    const client = userAgents.find(userAgent ?? '', hints);
    if (client !== undefined) {
      record.userAgent = { ...client };
    }
  }
}

function isEmpty(value: JsonObject): boolean {
  for (const _ in value) {
    return false;
  }
  return true;
}

function clientOf({ userAgent, addresses, hints }: ClientAttributes): Client {
  return { address: addressOf(addresses), userAgent, hints };
}

/** What the SDK of a browser says of it once, for all that it sends: https://opentelemetry.io/docs/specs/semconv/resource/browser/ */
function browserOf(resource: JsonObject): ClientAttributes | undefined {
  return resource['user_agent.original'] === undefined && resource['browser.platform'] === undefined
    ? undefined
    : clientAttributes(resource);
}

/** The best public address; where there is none the best that is an address. */
function addressOf(candidates: readonly Candidate[]): string | undefined {
  const addresses = candidates.toSorted((a, b) => a.rank - b.rank).flatMap(({ value }) => addressesIn(value));
  return addresses.find(isPublicAddress) ?? addresses[0];
}

function addressesIn(value: JsonValue): readonly string[] {
  if (Array.isArray(value)) {
    return value.slice(0, FORWARDED_MAX).flatMap((item) => (typeof item === 'string' ? addressesIn(item) : []));
  }
  if (typeof value !== 'string' || value.length > FORWARDED_LENGTH_MAX) {
    return [];
  }
  const texts = value.includes(',') ? value.split(',', FORWARDED_MAX) : [value];
  return texts.map(addressIn).filter((address) => address !== undefined);
}
