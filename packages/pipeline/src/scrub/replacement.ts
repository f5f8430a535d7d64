import { createHmac } from 'node:crypto';
import { truncateAddress } from './detectors/ip-address.ts';
import type { Finding } from './findings.ts';
import { MASKED } from './own-output.ts';

/** Values whose hash is remembered: an HMAC costs microseconds, and a batch says the same names again and again. At some 100 bytes a value, half a megabyte. */
const REMEMBERED_HASHES_MAX = 4096;
/** A longer value is not remembered, so that the bound above is one of memory. */
const REMEMBERED_LENGTH_MAX = 256;
/** Values shorter than this have nothing to show: their last four characters would be half of them. */
const SHOWN_LENGTH_MIN = 8;
const HASH_DIGITS = 16;

/** Writes what stands in the text instead of a finding. */
export type Replace = (finding: Finding) => string;

/** `hashKey` is the organization's own. */
export function createReplace(hashKey: Uint8Array): Replace {
  const hashOf = createHashOf(hashKey);
  return (finding) => {
    switch (finding.strategy) {
      case 'mask':
        return maskOf(finding.kind, finding.value);
      case 'hash':
        return `[HASH:${finding.kind}:${hashOf(finding.kind, finding.value)}]`;
      case 'drop':
        return '';
      case 'truncate':
        return truncateAddress(finding.value) ?? `[REDACTED:${finding.kind}]`;
      default:
        return `[REDACTED:${finding.kind}]`;
    }
  };
}

function createHashOf(hashKey: Uint8Array): (kind: string, value: string) => string {
  const remembered = new Map<string, string>();
  return (kind, value) => {
    const message = `${kind}\0${normalized(kind, value)}`;
    const known = remembered.get(message);
    if (known !== undefined) {
      return known;
    }
    const hash = createHmac('sha256', hashKey).update(message).digest('hex').slice(0, HASH_DIGITS);
    if (remembered.size >= REMEMBERED_HASHES_MAX) {
      remembered.clear();
    }
    if (message.length <= REMEMBERED_LENGTH_MAX) {
      remembered.set(message, hash);
    }
    return hash;
  };
}

/** One spelling of a value: equal values must have equal hashes. */
function normalized(kind: string, value: string): string {
  switch (kind) {
    case 'email':
    case 'ip':
      return value.toLowerCase();
    case 'card':
    case 'ssn':
      return value.replaceAll(/\D/g, '');
    case 'phone':
      return value.replaceAll(/[^\d+]/g, '');
    case 'iban':
      return value.replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase();
    default:
      return value;
  }
}

function maskOf(kind: string, value: string): string {
  if (kind === 'email') {
    return `***${value.slice(value.lastIndexOf('@'))}`;
  }
  const shown = normalized(kind, value);
  if (shown.length < SHOWN_LENGTH_MIN) {
    return MASKED;
  }
  // Half of a surrogate pair is no character.
  return MASKED + shown.slice(-4).replace(/^[\udc00-\udfff]/, '');
}
