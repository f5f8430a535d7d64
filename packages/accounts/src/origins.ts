// https://www.rfc-editor.org/rfc/rfc6454 (origins), https://fetch.spec.whatwg.org/#origin-header
import { AegisError } from '@aegisguard/model';

const ORIGIN = /^(?<scheme>[A-Za-z][A-Za-z0-9+.-]{0,31}):\/\/(?<wildcard>\*\.)?(?<rest>[^\s/?#@\\*%]{1,255})$/;
/** Any origin at all. */
const ANY = '*';
/** What schemes that URL does not normalize may have for a host: browser extensions and application shells. */
const PLAIN_HOST = /^[a-z0-9._-]+(?::\d{1,5})?$/;

/**
 * An entry of a browser key's allow-list in the form that browsers send origins: `scheme://host[:port]` in lower case without the default port, `scheme://*.host[:port]` for every
 * subdomain of any depth but not the domain itself, or `*`. Throws `invalid-request` for anything else, `null` too: every sandboxed frame and local file has that origin.
 */
export function parseOrigin(text: string): string {
  if (text === ANY) {
    return ANY;
  }
  const parts = ORIGIN.exec(text)?.groups;
  const plain = parts && serialize(parts.scheme ?? '', parts.rest ?? '');
  if (plain === undefined) {
    const shown = JSON.stringify(text.slice(0, 100));
    throw new AegisError('invalid-request', {
      detail: `${shown} is not an origin: send scheme://host[:port] without a path, https://*.example.com for subdomains, or *.`,
    });
  }
  return parts?.wildcard === undefined ? plain : plain.replace('://', '://*.');
}

/** Whether a browser key with these origins, as `parseOrigin` made them, may be used from where the `Origin` header says. */
export function isAllowedOrigin(origins: readonly string[], header: string): boolean {
  if (header === '' || header === 'null' || header.includes('*')) {
    return false;
  }
  return origins.some((allowed) => allowed === ANY || allowed === header || isBelow(allowed, header));
}

/** `https://a.b.example` is below `https://*.example`; what stands for the star has no character that could end a host. */
function isBelow(allowed: string, header: string): boolean {
  const star = allowed.indexOf('*');
  if (star < 0) {
    return false;
  }
  const before = allowed.slice(0, star);
  const after = allowed.slice(star + 1);
  return (
    header.length > before.length + after.length &&
    header.startsWith(before) &&
    header.endsWith(after) &&
    /^[a-z0-9._-]+$/.test(header.slice(before.length, -after.length))
  );
}

function serialize(scheme: string, rest: string): string | undefined {
  const text = `${scheme.toLowerCase()}://${rest}`;
  if (!URL.canParse(text)) {
    return undefined;
  }
  const { protocol, origin, host } = new URL(text);
  if (protocol === 'http:' || protocol === 'https:') {
    return origin;
  }
  // Pages of files have the origin `null`, so an entry for one would never match.
  return protocol !== 'file:' && PLAIN_HOST.test(host) ? `${protocol}//${host}` : undefined;
}
