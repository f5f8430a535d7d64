import { rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { DeadLetter, Message, MessageId } from '../../driver.ts';
import { closeFile, cutFile, openFile, readFully, replaceFile, syncData, writeFully } from './file-access.ts';
import { decodeFileHeader, encodeFileHeader, type FileHeader, HEADER_BYTES, newFileHeader } from './file-header.ts';
import { frameHead } from './frame.ts';
import { type Frame, FrameReader } from './frame-reader.ts';
import { formatMessageId, parseMessageId } from './message-id.ts';
import type { RecoveryReport } from './recovery-report.ts';
import { scanFrames } from './scan-frames.ts';
import { Serial } from './serial.ts';
import { setAside } from './set-aside.ts';

// The payload of a frame: JSON length u32 | JSON | body. Letters are numbered; a header's base is the first number that the file may hold.

/** The JSON of a frame: a letter, or that one is forgotten. */
type DeadLetterEntry =
  | {
      readonly k: 'dead';
      readonly no: number;
      readonly reason: string;
      readonly at: number;
      readonly headers: string;
      /** The message that it was. */
      readonly group: string;
      readonly seq: number;
    }
  | { readonly k: 'forget'; readonly no: number };

/** The message that a letter was. */
export interface DeadLetterOrigin {
  readonly group: string;
  readonly seq: number;
}

interface KeptLetter extends DeadLetterOrigin {
  readonly offset: number;
  readonly frameBytes: number;
}

/** The file is rewritten when forgotten letters take more than this and more than the kept ones. */
const WASTE_BYTES_MAX = 8 * 1024 ** 2;

/** The dead letters of one stream, in a file of their own. The index of those kept is in memory, their bodies are not. */
export class DeadLetterLog {
  private readonly path: string;
  private readonly report: RecoveryReport;
  private readonly turns = new Serial();
  /** By number, ascending. */
  private kept = new Map<number, KeptLetter>();
  private keptBytes = 0;
  private nextNo = 1;
  private size = 0;
  private file: { readonly fd: number; readonly header: FileHeader; readonly reader: FrameReader } | undefined;

  private constructor(path: string, report: RecoveryReport) {
    this.path = path;
    this.report = report;
  }

  static async open(path: string, report: RecoveryReport): Promise<DeadLetterLog> {
    const log = new DeadLetterLog(path, report);
    await rm(`${path}.tmp`, { force: true });
    const exists = await stat(path).then(
      () => true,
      () => false,
    );
    if (exists) {
      await log.load();
    }
    return log;
  }

  get count(): number {
    return this.kept.size;
  }

  /** The messages that the letters kept were. */
  origins(): DeadLetterOrigin[] {
    return [...this.kept.values()];
  }

  /** Resolves once the letter is durable. */
  add(message: Message, reason: string, deadAtMs: number, origin: DeadLetterOrigin): Promise<void> {
    const { group, seq } = origin;
    return this.turns.run(async () => {
      const no = this.nextNo;
      const entry = { k: 'dead', no, reason, at: deadAtMs, headers: message.headers, group, seq } as const;
      const offset = await this.append(entry, message.body);
      this.nextNo += 1;
      this.keep(no, { offset, frameBytes: this.size - offset, group, seq });
    });
  }

  list(limit: number, after: MessageId | undefined): Promise<DeadLetter[]> {
    const afterNo = after === undefined ? 0 : (parseMessageId(after) ?? 0);
    return this.turns.run(async () => {
      const letters: DeadLetter[] = [];
      for (const no of this.kept.keys()) {
        if (letters.length >= limit) {
          break;
        }
        const letter = no > afterNo ? await this.read(no) : undefined;
        if (letter !== undefined) {
          letters.push(letter);
        }
      }
      return letters;
    });
  }

  /** Forgets a letter after `first` is done with it; false when there is none of that id. */
  take(id: MessageId, first: (letter: DeadLetter) => Promise<unknown>): Promise<boolean> {
    return this.turns.run(async () => {
      const no = parseMessageId(id) ?? 0;
      const letter = await this.read(no);
      if (letter === undefined) {
        return false;
      }
      await first(letter);
      await this.forget(no);
      return true;
    });
  }

  async close(): Promise<void> {
    await this.turns.settled();
    if (this.file !== undefined) {
      await closeFile(this.file.fd);
    }
  }

  private async forget(no: number): Promise<void> {
    await this.append({ k: 'forget', no }, new Uint8Array());
    this.drop(no);
    const waste = this.size - this.keptBytes;
    if (this.kept.size === 0 || (waste > WASTE_BYTES_MAX && waste > this.keptBytes)) {
      await this.rewrite();
    }
  }

  private async read(no: number): Promise<DeadLetter | undefined> {
    const place = this.kept.get(no);
    const frame = place && (await this.file?.reader.frameAt(place.offset, this.size));
    if (place === undefined) {
      return undefined;
    }
    const entry = frame && decode(frame.payload);
    if (entry?.k !== 'dead') {
      this.drop(no);
      const what = `dead letter ${formatMessageId(no)} cannot be read any more`;
      this.report.damage(basename(this.path), what, await setAside(this.path));
      return undefined;
    }
    return {
      id: formatMessageId(no),
      headers: entry.headers,
      body: entry.body,
      reason: entry.reason,
      deadAtMs: entry.at,
    };
  }

  private async append(entry: DeadLetterEntry, body: Uint8Array): Promise<number> {
    const { fd, header } = this.file ?? (await this.create());
    const offset = this.size;
    const pieces = encode(header.marker, entry, body);
    try {
      await writeFully(fd, pieces, offset);
      await syncData(fd);
    } catch (error) {
      await cutFile(fd, offset).catch(() => undefined);
      throw error;
    }
    this.size = offset + pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
    return offset;
  }

  private async create() {
    await this.replace(async () => HEADER_BYTES);
    if (this.file === undefined) {
      throw new Error('a file that was just made is open');
    }
    return this.file;
  }

  /** Writes only the letters kept to a new file. */
  private async rewrite(): Promise<void> {
    const kept = new Map<number, KeptLetter>();
    await this.replace(async (fd, header) => {
      let at = HEADER_BYTES;
      for (const [no, letter] of this.kept) {
        const frame = await this.file?.reader.frameAt(letter.offset, this.size);
        if (frame !== undefined) {
          await writeFully(fd, [frameHead(header.marker, [frame.payload]), frame.payload], at);
          kept.set(no, { ...letter, offset: at });
          at += letter.frameBytes;
        }
      }
      return at;
    });
    this.kept = kept;
  }

  private async replace(fill: (fd: number, header: FileHeader) => Promise<number>): Promise<void> {
    const header = newFileHeader(this.nextNo);
    let size = 0;
    await replaceFile(this.path, dirname(this.path), async (fd) => {
      await writeFully(fd, [encodeFileHeader(header)], 0);
      size = await fill(fd, header);
    });
    const old = this.file;
    this.use(await openFile(this.path, 'r+'), header, size);
    if (old !== undefined) {
      await closeFile(old.fd);
    }
  }

  private use(fd: number, header: FileHeader, size: number): void {
    const reader = new FrameReader((target, position) => readFully(fd, target, position), header.marker);
    this.file = { fd, header, reader };
    this.size = size;
  }

  private async load(): Promise<void> {
    const fd = await openFile(this.path, 'r+');
    const fileBytes = (await stat(this.path)).size;
    const bytes = Buffer.alloc(HEADER_BYTES);
    const header = (await readFully(fd, bytes, 0)) < HEADER_BYTES ? undefined : decodeFileHeader(bytes);
    this.use(fd, header ?? newFileHeader(0), fileBytes);
    this.nextNo = Math.max(1, header?.base ?? 1);
    const reader = this.file?.reader;
    const scan = header && reader && (await scanFrames(reader, HEADER_BYTES, fileBytes, (f, at) => this.reload(f, at)));
    if (header === undefined || scan === undefined || scan.damages.length > 0) {
      const aside = await setAside(this.path);
      this.report.damage(basename(this.path), 'the dead letters are damaged: those that can be read are kept', aside);
      await this.rewrite();
    } else if (scan.tornBytes > 0) {
      await cutFile(fd, scan.end);
      this.use(fd, header, scan.end);
      this.report.cut(basename(this.path), scan.tornBytes);
    }
  }

  private reload({ payload, end }: Frame, offset: number): void {
    const entry = decode(payload);
    this.nextNo = Math.max(this.nextNo, entry.no + 1);
    if (entry.k === 'dead') {
      this.keep(entry.no, { offset, frameBytes: end - offset, group: entry.group, seq: entry.seq });
    } else {
      this.drop(entry.no);
    }
  }

  private keep(no: number, letter: KeptLetter): void {
    this.kept.set(no, letter);
    this.keptBytes += letter.frameBytes;
  }

  private drop(no: number): void {
    this.keptBytes -= this.kept.get(no)?.frameBytes ?? 0;
    this.kept.delete(no);
  }
}

function encode(marker: Buffer, entry: DeadLetterEntry, body: Uint8Array): Uint8Array[] {
  const json = Buffer.from(JSON.stringify(entry));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return [frameHead(marker, [length, json, body]), length, json, body];
}

function decode(payload: Buffer): DeadLetterEntry & { readonly body: Uint8Array } {
  const bodyAt = 4 + payload.readUInt32LE(0);
  const entry = JSON.parse(payload.toString('utf8', 4, bodyAt)) as DeadLetterEntry;
  return { ...entry, body: new Uint8Array(payload.subarray(bodyAt)) };
}
