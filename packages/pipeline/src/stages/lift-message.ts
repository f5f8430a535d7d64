import { Buffer } from 'node:buffer';
import type { JsonObject, JsonValue, LogRecord } from '@aegisguard/model';
import type { LogStage } from '../stage.ts';
import { liftMembers } from './lift/lift-members.ts';
import { parseLogfmt } from './lift/parse-logfmt.ts';

/** A longer message stays text: so no value that is lifted is longer than an attribute's may be (contract §6, "Records"), and the thread's time is bounded. */
const BYTES_MAX = 64 * 1024;
/** The most bytes of UTF-8 that a UTF-16 unit takes. */
const UNIT_BYTES_MAX = 3;
/** At most so many blanks stand before a document. */
const INDENT_MAX = 16;
/** A longer name is none. */
const NAME_LENGTH_MAX = 255;
/** Headers whose pairs are secrets only behind the header's name, as parts of the message: `Cookie: id=1; theme=dark`, `Authorization: Digest username="a", response="b"`. */
const SECRET_HEADER = /(?:authorization|cookie2?)["']?\s?[:=]/i;
const BRACE_OPEN = 123;
const BRACE_CLOSE = 125;
const QUOTE = 34;

function isLong(text: string): boolean {
  return text.length * UNIT_BYTES_MAX > BYTES_MAX && Buffer.byteLength(text) > BYTES_MAX;
}

/** Where the first character that is no blank stands. */
function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) <= 32 && at < from + INDENT_MAX) {
    at += 1;
  }
  return at;
}

function lastCode(text: string): number {
  let at = text.length - 1;
  while (at > 0 && text.charCodeAt(at) <= 32 && at > text.length - INDENT_MAX) {
    at -= 1;
  }
  return text.charCodeAt(at);
}

/** True for what begins and ends as a JSON object does: it saves the cost of an exception for most that is none. */
function looksLikeJson(text: string, from: number): boolean {
  return text.charCodeAt(skipBlanks(text, from + 1)) === QUOTE && lastCode(text) === BRACE_CLOSE;
}

function parseJson(text: string): JsonObject | undefined {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return undefined;
  }
}

/** The text at a path of members. */
function nameAt(members: JsonObject, parent: string, name: string): string {
  const object = parent === '' ? members : Object.hasOwn(members, parent) ? members[parent] : undefined;
  const value: JsonValue | undefined =
    typeof object === 'object' && object !== null && !Array.isArray(object) && Object.hasOwn(object, name)
      ? object[name]
      : undefined;
  return typeof value === 'string' && value.length <= NAME_LENGTH_MAX ? value : '';
}

/** True for what stands where nobody said which service it is; OpenTelemetry's SDKs write `unknown_service:node`. */
function isNoService(service: string): boolean {
  return service === '' || service === 'unknown' || service.startsWith('unknown_service');
}

type Path = readonly [parent: string, name: string];

const SERVICE: readonly Path[] = [
  ['', 'service'],
  ['', 'service.name'],
  ['service', 'name'],
  ['', 'service_name'],
  ['', 'serviceName'],
];
/** Elsewhere than in GELF `host` is often another one: a header's, or that which was connected to. */
const HOST: readonly Path[] = [
  ['', 'hostname'],
  ['', 'host.name'],
  ['host', 'name'],
  ['host', 'hostname'],
];
const GELF_HOST: readonly Path[] = [['', 'host']];
const LOGGER: readonly Path[] = [
  ['', 'logger'],
  ['', 'logger_name'],
  ['', 'loggerName'],
  ['', 'log.logger'],
  ['log', 'logger'],
  ['', 'SourceContext'],
];

function firstName(members: JsonObject, paths: readonly Path[]): string {
  for (const [parent, name] of paths) {
    const text = nameAt(members, parent, name);
    if (text !== '') {
      return text.toWellFormed();
    }
  }
  return '';
}

/** What the message says of where it comes from fills fields that are empty. Names of ECS, GELF, pino, bunyan, zap, log4j, structlog and Serilog. */
function fillFields(record: LogRecord, members: JsonObject): void {
  if (isNoService(record.service)) {
    record.service = firstName(members, SERVICE) || record.service;
  }
  if (record.host === '') {
    record.host = firstName(members, Object.hasOwn(members, 'short_message') ? GELF_HOST : HOST);
  }
  if (record.scopeName === '') {
    record.scopeName = firstName(members, LOGGER);
  }
}

/**
 * A message that is a JSON object or logfmt becomes attributes, and stays as it is. Attributes that were sent are not overwritten. In logfmt `true`, `false` and plain numbers are what they say; everything
 * else is text. Service, host and the logger's name fill their fields where these are empty; levels, ids and exceptions are found among the attributes by the stages behind this one.
 */
export const liftMessage: LogStage = {
  name: 'lift-message',
  apply(record) {
    const { message } = record;
    if (message.length === 0 || isLong(message)) {
      return;
    }
    const from = skipBlanks(message, 0);
    const isBrace = message.charCodeAt(from) === BRACE_OPEN;
    const members = isBrace ? (looksLikeJson(message, from) ? parseJson(message) : undefined) : parseLogfmt(message);
    if (!isBrace && members !== undefined && SECRET_HEADER.test(message)) {
      return;
    }
    if (members !== undefined && liftMembers(record.attributes, members, message.includes('\\u'))) {
      fillFields(record, members);
    }
  },
};
