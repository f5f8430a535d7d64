// What `ip("…")` may name: https://grafana.com/docs/loki/latest/query/ip/
import { invalidQuery } from '@aegisguard/model';
import { compareAddresses, type IpAddress, parseAddress } from './parse-address.ts';

/** Addresses from the first to the last, both included. */
export interface IpRange {
  readonly first: IpAddress;
  readonly last: IpAddress;
}

const PREFIX_LENGTH = /^(?:0|[1-9][0-9]{0,2})$/;
const IPV4_BITS = 32;
const GROUP_BITS = 16;

/** Reads a single address, `a-b` or a CIDR block; throws `invalid-query` for anything else. */
export function parseIpRange(text: string): IpRange {
  const range = singleAddress(text) ?? fromTo(text) ?? block(text);
  if (range === undefined) {
    throw invalidQuery(0, `ip: invalid pattern: ${JSON.stringify(text.slice(0, 100).toWellFormed())}`);
  }
  return range;
}

/** Whether the range has the address; those of the other family it has not. */
export function isInRange(address: IpAddress, { first, last }: IpRange): boolean {
  return (
    address.length === first.length && compareAddresses(first, address) <= 0 && compareAddresses(address, last) <= 0
  );
}

function singleAddress(text: string): IpRange | undefined {
  const address = parseAddress(text);
  return address === undefined ? undefined : { first: address, last: address };
}

function fromTo(text: string): IpRange | undefined {
  const dash = text.indexOf('-');
  const first = dash === -1 ? undefined : parseAddress(text.slice(0, dash));
  const last = parseAddress(text.slice(dash + 1));
  if (first === undefined || last === undefined || first.length !== last.length) {
    return;
  }
  return compareAddresses(first, last) <= 0 ? { first, last } : undefined;
}

function block(text: string): IpRange | undefined {
  const slash = text.lastIndexOf('/');
  const address = slash === -1 ? undefined : parseAddress(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (address === undefined || !PREFIX_LENGTH.test(length)) {
    return;
  }
  const partBits = address.length === 1 ? IPV4_BITS : GROUP_BITS;
  if (Number(length) > partBits * address.length) {
    return;
  }
  /** How many addresses differ from one another in a part. */
  const freeOf = (index: number): number =>
    2 ** Math.min(partBits, Math.max(0, (index + 1) * partBits - Number(length)));
  const first = address.map((part, index) => part - (part % freeOf(index)));
  return { first, last: first.map((part, index) => part + freeOf(index) - 1) };
}
