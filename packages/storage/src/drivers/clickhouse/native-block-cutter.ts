import { NativePlace, TruncatedBlockError } from './native-place.ts';

/** Bytes a value of types of fixed width; types with parameters by their beginning. */
const WIDTHS: Readonly<Record<string, number>> = {
  Int8: 1,
  UInt8: 1,
  Bool: 1,
  Enum8: 1,
  Int16: 2,
  UInt16: 2,
  Int32: 4,
  UInt32: 4,
  Float32: 4,
  DateTime: 4,
  Int64: 8,
  UInt64: 8,
  Float64: 8,
  DateTime64: 8,
  UUID: 16,
};
const HAS_KEYS = 0x200;

/** Finds where blocks of the Native format end in bytes that come in pieces cut anywhere, so that what is behind a network needs no more memory than a block. https://clickhouse.com/docs/en/interfaces/formats/Native */
export class NativeBlockCutter {
  #pending: Buffer[] = [];
  #size = 0;
  /** Looking again before there is twice as much would go over the same bytes again and again. */
  #wanted = 0;

  /** Takes the next bytes; whole blocks when there are some. */
  push(bytes: Uint8Array): Uint8Array | undefined {
    this.#pending.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    this.#size += bytes.byteLength;
    return this.#size < this.#wanted ? undefined : this.#cut();
  }

  /** The rest, which must be whole blocks. */
  end(): Uint8Array {
    return Buffer.concat(this.#pending);
  }

  #cut(): Uint8Array | undefined {
    const all = Buffer.concat(this.#pending);
    const end = wholeBlocksEnd(all);
    const rest = all.subarray(end);
    this.#pending = [rest];
    this.#size = rest.length;
    this.#wanted = rest.length * 2;
    return end === 0 ? undefined : all.subarray(0, end);
  }
}

function wholeBlocksEnd(bytes: Uint8Array): number {
  const place = new NativePlace(bytes);
  let end = 0;
  try {
    while (!place.isAtEnd) {
      skipBlock(place);
      end = place.offset;
    }
  } catch (error) {
    if (!(error instanceof TruncatedBlockError)) {
      throw error;
    }
  }
  return end;
}

function skipBlock(place: NativePlace): void {
  const columns = place.varint();
  const rows = place.varint();
  for (let column = 0; column < columns; column += 1) {
    place.skipText();
    const type = place.text();
    if (rows > 0) {
      skipVersions(place, type);
      skipValues(place, type, rows);
    }
  }
}

function skipVersions(place: NativePlace, type: string): void {
  if (type.includes('LowCardinality(')) {
    place.skip(8);
  }
}

function skipValues(place: NativePlace, type: string, count: number): void {
  const [, outer = type, inner = ''] = /^(\w+)\((.*)\)$/.exec(type) ?? [];
  if (outer === 'Array') {
    const ends = new BigUint64Array(place.take(count * 8));
    skipValues(place, inner, Number(ends[count - 1] ?? 0n));
  } else if (outer === 'LowCardinality') {
    skipCoded(place, count);
  } else if (outer === 'String') {
    skipTexts(place, count);
  } else {
    place.skip(count * widthOf(outer, inner));
  }
}

function widthOf(outer: string, inner: string): number {
  const width = outer === 'FixedString' ? Number(inner) : WIDTHS[outer];
  if (width === undefined) {
    throw new Error(`a column of a type that is not read: ${outer}`);
  }
  return width;
}

function skipCoded(place: NativePlace, count: number): void {
  for (let rows = 0; rows < count; ) {
    const kind = place.uint64();
    if ((kind & HAS_KEYS) !== 0) {
      skipTexts(place, place.uint64());
    }
    const chunk = place.uint64();
    place.skip(chunk * 2 ** (kind & 0xff));
    rows += chunk;
  }
}

function skipTexts(place: NativePlace, count: number): void {
  for (let text = 0; text < count; text += 1) {
    place.skipText();
  }
}
