// https://maxmind.github.io/MaxMind-DB/
import { isIPv4 } from 'node:net';

/** What a record of a test database may hold. */
export type MmdbValue = string | number | readonly MmdbValue[] | { readonly [key: string]: MmdbValue };

const METADATA_MARKER = Buffer.from('abcdef4d61784d696e642e636f6d', 'hex');
/** Bytes between the search tree and the data. */
const SEPARATOR = Buffer.alloc(16);
const RECORD_BITS = 32;

interface Node {
  readonly children: [Node | Buffer | undefined, Node | Buffer | undefined];
}

/** A database in MaxMind's format: networks (`81.2.69.0/24`, `2001:db8::/32`) and what is known of them; IPv4 networks lie where the format has them, in `::/96`. */
export function writeMmdb(networks: Readonly<Record<string, MmdbValue>>, databaseType = 'Test-City'): Buffer {
  const root: Node = { children: [undefined, undefined] };
  const data: Buffer[] = [];
  for (const [network, value] of Object.entries(networks)) {
    const [address = '', prefix = ''] = network.split('/');
    const record = encode(value);
    data.push(record);
    insert(root, bitsOf(address), Number(prefix) + (isIPv4(address) ? 96 : 0), record);
  }
  const nodes = [...walk(root)];
  const numbers = new Map(nodes.map((node, at) => [node, at]));
  const offsets = new Map<Buffer, number>();
  let offset = 0;
  for (const record of data) {
    offsets.set(record, offset);
    offset += record.length;
  }
  const tree = Buffer.alloc(nodes.length * 8);
  for (const [at, { children }] of nodes.entries()) {
    for (const [side, child] of children.entries()) {
      const pointer = Buffer.isBuffer(child)
        ? nodes.length + SEPARATOR.length + (offsets.get(child) ?? 0)
        : child === undefined
          ? nodes.length
          : (numbers.get(child) ?? 0);
      tree.writeUInt32BE(pointer, at * 8 + side * 4);
    }
  }
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_790_000_000,
    database_type: databaseType,
    description: {},
    ip_version: 6,
    languages: [],
    node_count: nodes.length,
    record_size: RECORD_BITS,
  });
  return Buffer.concat([tree, SEPARATOR, ...data, METADATA_MARKER, metadata]);
}

function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children) {
    if (child !== undefined && !Buffer.isBuffer(child)) {
      yield* walk(child);
    }
  }
}

function insert(root: Node, bits: readonly number[], prefix: number, record: Buffer): void {
  let node = root;
  for (let depth = 0; depth < prefix - 1; depth += 1) {
    const side = bits[depth] ?? 0;
    const child = node.children[side];
    const next: Node = child === undefined || Buffer.isBuffer(child) ? { children: [undefined, undefined] } : child;
    node.children[side] = next;
    node = next;
  }
  node.children[bits[prefix - 1] ?? 0] = record;
}

function bitsOf(address: string): number[] {
  const groups = isIPv4(address)
    ? [...Array.from({ length: 12 }, () => 0), ...address.split('.').map(Number)]
    : expandV6(address).flatMap((group) => [group >> 8, group & 255]);
  return groups.flatMap((byte) => Array.from({ length: 8 }, (_, bit) => (byte >> (7 - bit)) & 1));
}

function expandV6(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const [before, after] = [groups(head), groups(tail ?? '')];
  return tail === undefined
    ? before
    : [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}

function encode(value: MmdbValue): Buffer {
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    return Buffer.concat([head(2, bytes.length), bytes]);
  }
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(Number.isInteger(value) && value >= 0 ? 4 : 8);
    if (bytes.length === 4) {
      bytes.writeUInt32BE(value);
      return Buffer.concat([head(6, 4), bytes]);
    }
    bytes.writeDoubleBE(value);
    return Buffer.concat([head(3, 8), bytes]);
  }
  if (Array.isArray(value)) {
    // An extended type: its number less seven follows the control byte.
    return Buffer.concat([Buffer.from([value.length, 11 - 7]), ...value.map(encode)]);
  }
  const members = Object.entries(value);
  return Buffer.concat([head(7, members.length), ...members.flatMap(([key, member]) => [encode(key), encode(member)])]);
}

/** The control byte of a value of up to 284 bytes or members. */
function head(type: number, size: number): Buffer {
  return size < 29 ? Buffer.from([(type << 5) | size]) : Buffer.from([(type << 5) | 29, size - 29]);
}
