import { promises as dns, type LookupAddress, lookup } from 'node:dns';

/** Finds all addresses of a name; rejects when there are none. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** With two tries, less than the time for connecting. */
const TIMEOUT_MS = 1500;
const TRIES = 2;
/** Names of this machine, about which DNS is not to be asked: https://www.rfc-editor.org/rfc/rfc6761#section-6.3 */
const LOCALHOST = /(?:^|\.)localhost\.?$/i;
const LOOPBACK: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];
/** DNS knows no such name, or there is no DNS here: not that it keeps silent. */
const IS_UNKNOWN: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA', 'ECONNREFUSED']);

/** How names are found. */
export interface ResolverOptions {
  /** Also asks the system, for names that DNS does not know: those of the hosts file, and short ones of a network of one's own. */
  readonly asksSystem: boolean;
  /** `address:port` of DNS servers; the system's by default. */
  readonly servers?: readonly string[];
}

/**
 * Asks DNS by itself. The system's `getaddrinfo` blocks a thread of the process's pool for as long as a name server keeps silent: a handful of names of somebody who runs such a server
 * would hold up every file and every password of everybody else.
 */
export function createResolver({ asksSystem, servers }: ResolverOptions): Resolve {
  const resolver = new dns.Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  if (servers !== undefined) {
    resolver.setServers(servers);
  }
  return async (hostname) => {
    if (LOCALHOST.test(hostname)) {
      return LOOPBACK;
    }
    const [v4, v6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const found = [...addresses(v4, 4), ...addresses(v6, 6)];
    if (found.length > 0) {
      return found;
    }
    const failure = v4.status === 'rejected' ? v4.reason : undefined;
    if (asksSystem && IS_UNKNOWN.has(failure?.code)) {
      return bySystem(hostname);
    }
    throw failure;
  };
}

function addresses(answer: PromiseSettledResult<string[]>, family: 4 | 6): LookupAddress[] {
  return answer.status === 'fulfilled' ? answer.value.map((address) => ({ address, family })) : [];
}

function bySystem(hostname: string): Promise<readonly LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, found) => (error === null ? resolve(found) : reject(error)));
  });
}
