import { isIP } from 'node:net';
import { isBlockedPort } from './blocked-ports.ts';
import type { MayCall } from './is-public-address.ts';
import { OutgoingError } from './outgoing-error.ts';

const URL_LENGTH_MAX = 2048;
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/**
 * Reads a URL that somebody else gave, or throws an `OutgoingError`. The URL parser has brought every spelling of an IPv4 address (`0x7f.1`, `2130706433`) into the usual one.
 * What a name leads to is seen when it is connected to; this is for saying early what can be said early, as when a webhook is saved.
 */
export function parseTarget(text: string, mayCall: MayCall): URL {
  if (text.length > URL_LENGTH_MAX || !URL.canParse(text)) {
    throw refused('The URL is not valid');
  }
  const url = new URL(text);
  const port = DEFAULT_PORTS[url.protocol];
  if (port === undefined) {
    throw refused('Only http and https URLs can be called');
  }
  if (url.username !== '' || url.password !== '') {
    throw refused('The URL must not contain a user name or a password');
  }
  if (isBlockedPort(url.port === '' ? port : Number(url.port))) {
    throw refused('This port must not be called');
  }
  const host = withoutBrackets(url.hostname);
  if (isIP(host) !== 0 && !mayCall(host)) {
    throw new OutgoingError('refused-address');
  }
  url.hash = '';
  return url;
}

function withoutBrackets(host: string): string {
  return host.startsWith('[') ? host.slice(1, -1) : host;
}

function refused(detail: string): OutgoingError {
  return new OutgoingError('refused-request', { detail });
}
