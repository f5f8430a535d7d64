import { createHash } from 'node:crypto';
import { createUserAgentLookup } from '@aegisguard/pipeline';

const UNKNOWN = 'an unknown device';

/** What a session keeps of the device that it is on. */
export interface KnownDevice {
  /** SHA-256 of the families of browser and operating system. */
  readonly fingerprint: Buffer;
  /** `Firefox on Linux`. */
  readonly label: string;
}

/** Tells devices apart by what stays the same about a browser over its updates; a client that says nothing of itself is a device, too. */
export class Devices {
  private readonly lookup = createUserAgentLookup();

  of(userAgent: string | null): KnownDevice {
    const known = this.lookup.find(userAgent ?? '');
    const browser = text(known?.browser);
    const os = text(known?.os);
    // What the parser does not know is told apart by its first product name: `our-script/1.2` is another one than `curl/8.9`.
    const family = browser === '' ? (/^[^\s/(]+/.exec(userAgent ?? '')?.[0] ?? '') : browser;
    const fingerprint = createHash('sha256')
      .update(JSON.stringify(['device v1', family, os]))
      .digest();
    return { fingerprint, label: labelOf(family, os) };
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function labelOf(family: string, os: string): string {
  if (family !== '' && os !== '') {
    return `${family} on ${os}`;
  }
  return family || os || UNKNOWN;
}
