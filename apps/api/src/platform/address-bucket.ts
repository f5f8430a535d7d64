const LOOPBACK = /^(?:127(?:\.\d+){3}|0:0:0:0::\/64)$/;
/** Loopback is a proxy whose `X-Forwarded-For` is not believed, or a developer: it stands for many people. */
const LOOPBACK_SHARE = 10;

/** The name under which an address is counted. An IPv6 host owns a /64 and can pick any address of it, so the bucket is the prefix. */
export function addressBucket(address: string): string {
  const plain = address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
  if (!plain.includes(':')) {
    return plain;
  }
  const [head = '', tail] = plain.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : new Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  return `${[...front, ...zeros, ...back].slice(0, 4).join(':')}::/64`;
}

/** Whether an address is this machine's own. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.test(addressBucket(address));
}

/** How many times what an address may do this one may. */
export function addressShare(address: string): number {
  return isLoopback(address) ? LOOPBACK_SHARE : 1;
}

/** The network that an address is told of by: /24 of IPv4, /48 of IPv6, which is what one owner has as a rule. */
export function addressNetwork(address: string): string {
  const bucket = addressBucket(address);
  return bucket.includes(':') ? `${bucket.split(':', 3).join(':')}::/48` : bucket.replace(/\.\d+$/, '.0/24');
}
