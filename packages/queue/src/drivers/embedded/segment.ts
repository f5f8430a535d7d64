import { join } from 'node:path';
import { replaceFile, writeFully } from './file-access.ts';
import { encodeFileHeader, type FileHeader, HEADER_BYTES, newFileHeader } from './file-header.ts';

/** One entry of the index per this many bytes: a few KiB of memory for a full segment, a fraction of a millisecond to walk. */
const INDEX_STEP_BYTES = 64 * 1024;

/** A place in a stream's log: the next number, and the bytes of all bodies before it. */
export interface LogPlace {
  readonly seq: number;
  readonly bytes: number;
}

/** One file of a stream's log. Only what lies before `size` is there for readers. */
export class Segment {
  readonly path: string;
  readonly header: FileHeader;
  /** Where the last durable record ends; the seal is not counted. */
  size = HEADER_BYTES;
  /** What comes after the last record. */
  end: LogPlace;
  /** True once the file is gone or another took its name; whoever holds a place in it must look again. */
  retired = false;
  /** True for one that took a damaged one's place: what was known of places in that does not hold in it. */
  isMended = false;
  private readonly indexSeqs: number[] = [];
  private readonly indexOffsets: number[] = [];

  constructor(path: string, header: FileHeader) {
    this.path = path;
    this.header = header;
    this.end = { seq: header.base, bytes: header.baseBytes };
  }

  /** Remembers where a record begins. Called in the file's order; most calls are ignored. */
  note(seq: number, offset: number): void {
    if (offset - (this.indexOffsets.at(-1) ?? HEADER_BYTES) >= INDEX_STEP_BYTES) {
      this.indexSeqs.push(seq);
      this.indexOffsets.push(offset);
    }
  }

  /** The beginning of a record at or before the one that holds `seq`. */
  offsetBefore(seq: number): number {
    let low = 0;
    let high = this.indexSeqs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.indexSeqs[middle] ?? 0) <= seq) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return this.indexOffsets[low - 1] ?? HEADER_BYTES;
  }
}

const SUFFIX = '.seg';

/** The path of the segment that begins with `base`. */
export function segmentPath(directory: string, base: number): string {
  return join(directory, `${String(base).padStart(16, '0')}${SUFFIX}`);
}

/** The first number of the segment in a file of that name; undefined for other files. */
export function baseOfFile(file: string): number | undefined {
  return /^\d{16}\.seg$/.test(file) ? Number(file.slice(0, -SUFFIX.length)) : undefined;
}

/** Makes an empty segment, durably. `take` is given its open file, even if making it durable then fails. */
export async function createSegment(
  directory: string,
  { seq, bytes }: LogPlace,
  take?: (fd: number) => void,
): Promise<Segment> {
  const header = newFileHeader(seq, bytes);
  const path = segmentPath(directory, seq);
  await replaceFile(path, directory, (fd) => writeFully(fd, [encodeFileHeader(header)], 0), take);
  return new Segment(path, header);
}
