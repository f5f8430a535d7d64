import { rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { AegisError } from '@aegisguard/model';
import type { DeadLetter, Message, MessageId } from '../../driver.ts';
import type { QueueLogger } from '../../queue-logger.ts';
import { type DeadLetterEntry, decode, encode, encodeBlank, type FramePlace } from './dead-letter-entry.ts';
import { closeFile, cutFile, openFile, readFully, replaceFile, syncData, writeFully } from './file-access.ts';
import { decodeFileHeader, encodeFileHeader, type FileHeader, HEADER_BYTES, newFileHeader } from './file-header.ts';
import { claimedLength, FRAME_HEAD_BYTES, frameHead } from './frame.ts';
import { type Frame, FrameReader } from './frame-reader.ts';
import { formatMessageId, parseMessageId } from './message-id.ts';
import type { RecoveryReport } from './recovery-report.ts';
import { scanFrames } from './scan-frames.ts';
import { Serial } from './serial.ts';
import { setAside } from './set-aside.ts';

/** The message that a letter was. */
export interface DeadLetterOrigin {
  readonly group: string;
  readonly seq: number;
}

interface KeptLetter extends DeadLetterOrigin, FramePlace {
  readonly bodyBytes: number;
  readonly deadAtMs: number;
}

/** What is read of a letter at first: its JSON, unless the headers are long. */
const HEAD_BYTES = 2048;

/** The file is rewritten when forgotten letters take more than this and more than the kept ones. */
const WASTE_BYTES_MAX = 8 * 1024 ** 2;

/** What a log of dead letters needs. */
export interface DeadLetterLogOptions {
  readonly path: string;
  readonly report: RecoveryReport;
  readonly logger: QueueLogger;
  readonly nowMs: () => number;
  /** When the bodies of the letters have more bytes than this, the oldest letters go. */
  readonly deadBytesMax: number;
  /** How long a letter is kept. */
  readonly deadMsMax: number;
  /** Told how many letters were dropped for either reason. */
  readonly onDropped: (count: number) => void;
}

/** The dead letters of one stream, in a file of their own. The index of those kept is in memory, their headers and bodies are not. */
export class DeadLetterLog {
  private readonly path: string;
  private readonly report: RecoveryReport;
  private readonly logger: QueueLogger;
  private readonly options: DeadLetterLogOptions;
  private readonly turns = new Serial();
  /** By number, ascending. */
  private kept = new Map<number, KeptLetter>();
  private keptBytes = 0;
  private bodyBytes = 0;
  private nextNo = 1;
  private size = 0;
  private file: { readonly fd: number; readonly header: FileHeader; readonly reader: FrameReader } | undefined;

  private constructor(options: DeadLetterLogOptions) {
    const { path, report, logger } = options;
    this.path = path;
    this.report = report;
    this.logger = logger;
    this.options = options;
  }

  static async open(options: DeadLetterLogOptions): Promise<DeadLetterLog> {
    const { path } = options;
    const log = new DeadLetterLog(options);
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
  add(message: Message, reason: string, origin: DeadLetterOrigin): Promise<void> {
    const { group, seq } = origin;
    const { headers, lane, body } = message;
    return this.turns.run(async () => {
      const no = this.nextNo;
      const deadAtMs = this.options.nowMs();
      const entry = { k: 'dead', no, reason, at: deadAtMs, headers, lane, group, seq } as const;
      const offset = await this.append(entry, body);
      this.nextNo += 1;
      const bodyBytes = body.byteLength;
      this.keep(no, { offset, frameBytes: this.size - offset, bodyBytes, deadAtMs, group, seq });
      await this.dropSome();
    });
  }

  /** Drops the letters that are too old. To be called now and then; costs nothing when there are none. */
  async dropOld(): Promise<void> {
    if (this.tooMany().length > 0) {
      await this.turns.run(() => this.dropSome());
    }
  }

  list(limit: number, after: MessageId | undefined): Promise<DeadLetter[]> {
    const afterNo = after === undefined ? 0 : parseMessageId(after);
    if (afterNo === undefined) {
      throw new AegisError('invalid-cursor', { detail: 'The cursor names no dead letter.' });
    }
    return this.turns.run(async () => {
      await this.dropSome();
      const letters: DeadLetter[] = [];
      for (const no of this.kept.keys()) {
        if (letters.length >= limit) {
          break;
        }
        const letter = no > afterNo ? await this.describe(no) : undefined;
        if (letter !== undefined) {
          letters.push(letter);
        }
      }
      return letters;
    });
  }

  find(id: MessageId): Promise<DeadLetter | undefined> {
    return this.turns.run(async () => {
      await this.dropSome();
      return this.describe(parseMessageId(id) ?? 0);
    });
  }

  /** Forgets a letter after `first` is done with its message; false when there is none of that id. */
  take(id: MessageId, first: (message: Message) => Promise<unknown>): Promise<boolean> {
    return this.turns.run(async () => {
      const no = parseMessageId(id) ?? 0;
      const message = await this.read(no);
      if (message === undefined) {
        return false;
      }
      await first(message);
      await this.forget([no]);
      return true;
    });
  }

  /** Forgets a letter; false when there is none of that id. */
  discard(id: MessageId): Promise<boolean> {
    return this.turns.run(async () => {
      const no = parseMessageId(id) ?? 0;
      if (!this.kept.has(no)) {
        return false;
      }
      await this.forget([no]);
      return true;
    });
  }

  /** Forgets the letters of a lane; how many there were. */
  discardLane(lane: string): Promise<number> {
    return this.turns.run(async () => {
      const numbers: number[] = [];
      for (const [no, place] of this.kept) {
        const entry = await this.readEntry(place).catch(() => undefined);
        if (entry?.k === 'dead' && entry.lane === lane) {
          numbers.push(no);
        }
      }
      if (numbers.length > 0) {
        await this.forget(numbers);
      }
      return numbers.length;
    });
  }

  async close(): Promise<void> {
    await this.turns.settled();
    if (this.file !== undefined) {
      await closeFile(this.file.fd);
    }
  }

  /** Letters that are too old, and the oldest of those whose bodies are too much. The newest letter stays, however large it is: it would be strange to be told nothing of what just failed. */
  private tooMany(): number[] {
    const { deadBytesMax, deadMsMax, nowMs } = this.options;
    const bornAfterMs = nowMs() - deadMsMax;
    const oldest: number[] = [];
    let { bodyBytes } = this;
    for (const [no, letter] of this.kept) {
      const isTooMuch = bodyBytes > deadBytesMax && oldest.length < this.kept.size - 1;
      if (!isTooMuch && letter.deadAtMs > bornAfterMs) {
        break;
      }
      oldest.push(no);
      bodyBytes -= letter.bodyBytes;
    }
    return oldest;
  }

  private async dropSome(): Promise<void> {
    const numbers = this.tooMany();
    if (numbers.length === 0) {
      return;
    }
    try {
      await this.forget(numbers);
      this.options.onDropped(numbers.length);
    } catch (error) {
      // What was asked for must not fail because old letters are kept; the next call will drop them.
      this.logger.warn({ err: error, file: this.path }, 'the oldest dead letters cannot be dropped for now');
    }
  }

  private async forget(numbers: readonly number[]): Promise<void> {
    const { header } = this.file ?? (await this.create());
    const places = numbers.flatMap((no) => {
      const place = this.kept.get(no);
      return place === undefined ? [] : [{ no, offset: place.offset, frameBytes: place.frameBytes }];
    });
    await this.write(
      places.flatMap(({ no, offset, frameBytes }) =>
        encode(header.marker, { k: 'forget', no, offset, frameBytes }, new Uint8Array()),
      ),
    );
    for (const { no } of places) {
      this.drop(no);
    }
    const waste = this.size - this.keptBytes;
    try {
      // What is forgotten is so already, whatever fails now; its bytes go with the next start.
      if (this.kept.size === 0 || (waste > WASTE_BYTES_MAX && waste > this.keptBytes)) {
        await this.rewrite();
      } else {
        await this.blank(places);
      }
    } catch (error) {
      this.logger.warn({ err: error, file: this.path }, 'forgotten dead letters are still on the disk for now');
    }
  }

  /** Overwrites forgotten letters where they lie. A crash in the midst of it leaves a frame that is no longer one; the entry that forgets the letter says whose place that was. */
  private async blank(places: readonly (FramePlace & { readonly no: number })[]): Promise<void> {
    if (this.file === undefined || places.length === 0) {
      return;
    }
    const { fd, header } = this.file;
    for (const { no, offset, frameBytes } of places) {
      await writeFully(fd, encodeBlank(header.marker, no, frameBytes), offset);
    }
    await syncData(fd);
    // Its window has what was there.
    this.use(fd, header, this.size);
  }

  /** The message that a letter holds. */
  private async read(no: number): Promise<Message | undefined> {
    const place = this.kept.get(no);
    const frame = place && (await this.file?.reader.frameAt(place.offset, this.size));
    if (place === undefined) {
      return undefined;
    }
    const entry = frame && decode(frame.payload);
    return frame !== undefined && entry?.k === 'dead'
      ? { lane: entry.lane ?? '', headers: entry.headers, body: bodyOf(frame, place) }
      : this.giveUp(no);
  }

  /** A letter without its body, of which not a byte is read; so the frame's sum is not checked, and damage to the body shows when it is replayed. */
  private async describe(no: number): Promise<DeadLetter | undefined> {
    const place = this.kept.get(no);
    if (place === undefined) {
      return undefined;
    }
    const entry = await this.readEntry(place).catch((error: unknown) => {
      if (error instanceof SyntaxError) {
        return undefined;
      }
      throw error;
    });
    if (entry?.k !== 'dead' || entry.no !== no) {
      return this.giveUp(no);
    }
    const { headers, reason, at } = entry;
    return { id: formatMessageId(no), headers, bodyBytes: place.bodyBytes, reason, deadAtMs: at };
  }

  private async readEntry({ offset, frameBytes, bodyBytes }: KeptLetter): Promise<DeadLetterEntry | undefined> {
    if (this.file === undefined) {
      return undefined;
    }
    const { fd, header } = this.file;
    const start = FRAME_HEAD_BYTES + 4;
    const wanted = frameBytes - bodyBytes;
    let bytes: Buffer = Buffer.alloc(Math.min(wanted, HEAD_BYTES));
    let count = await readFully(fd, bytes, offset);
    if (count === HEAD_BYTES && wanted > HEAD_BYTES) {
      const rest = Buffer.alloc(wanted - HEAD_BYTES);
      count += await readFully(fd, rest, offset + HEAD_BYTES);
      bytes = Buffer.concat([bytes, rest]);
    }
    const isWhole = count === wanted && claimedLength(bytes, 0, header.marker) === frameBytes - FRAME_HEAD_BYTES;
    return isWhole ? (JSON.parse(bytes.toString('utf8', start)) as DeadLetterEntry) : undefined;
  }

  private async giveUp(no: number): Promise<undefined> {
    this.drop(no);
    const what = `dead letter ${formatMessageId(no)} cannot be read any more`;
    this.report.damage(basename(this.path), what, await setAside(this.path));
  }

  private async append(entry: DeadLetterEntry, body: Uint8Array): Promise<number> {
    const { header } = this.file ?? (await this.create());
    return this.write(encode(header.marker, entry, body));
  }

  /** Appends frames durably; gives where they begin. */
  private async write(pieces: readonly Uint8Array[]): Promise<number> {
    const { fd } = this.file ?? (await this.create());
    const offset = this.size;
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
    const moved = new Map<number, KeptLetter>();
    const copy = async (fd: number, header: FileHeader) => {
      let at = HEADER_BYTES;
      for (const [no, letter] of [...this.kept]) {
        const frame = await this.file?.reader.frameAt(letter.offset, this.size);
        if (frame === undefined) {
          await this.giveUp(no);
        } else {
          await writeFully(fd, [frameHead(header.marker, [frame.payload]), frame.payload], at);
          moved.set(no, { ...letter, offset: at });
          at += letter.frameBytes;
        }
      }
      return at;
    };
    await this.replace(copy, () => {
      this.kept = moved;
    });
  }

  /** `taken` is called as soon as the new file is the one in use. */
  private async replace(
    fill: (fd: number, header: FileHeader) => Promise<number>,
    taken: () => void = () => undefined,
  ): Promise<void> {
    const header = newFileHeader(this.nextNo);
    let size = 0;
    const old = this.file;
    const write = async (fd: number) => {
      await writeFully(fd, [encodeFileHeader(header)], 0);
      size = await fill(fd, header);
    };
    await replaceFile(this.path, dirname(this.path), write, (fd) => {
      this.use(fd, header, size);
      taken();
    });
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
    const forgotten = new Map<number, FramePlace | undefined>();
    const visit = (frame: Frame, offset: number) => this.reload(frame, offset, forgotten);
    const scan = header && reader && (await scanFrames(reader, HEADER_BYTES, fileBytes, visit));
    const toBlank = [...forgotten].flatMap(([no, place]) => (place === undefined ? [] : [{ no, ...place }]));
    const isExplained = ({ from, to }: { from: number; to: number }) =>
      toBlank.some(({ offset, frameBytes }) => offset <= from && to <= offset + frameBytes);
    if (header === undefined || scan === undefined || !scan.damages.every(isExplained)) {
      const aside = await setAside(this.path);
      this.report.damage(basename(this.path), 'the dead letters are damaged: those that can be read are kept', aside);
      await this.rewrite();
      return;
    }
    if (scan.tornBytes > 0) {
      await cutFile(fd, scan.end);
      this.use(fd, header, scan.end);
      this.report.cut(basename(this.path), scan.tornBytes);
    }
    await this.blank(toBlank).catch((error: unknown) => {
      this.logger.warn({ err: error, file: this.path }, 'forgotten dead letters are still on the disk for now');
    });
  }

  /** `forgotten` says of letters that are which frame is still theirs, or none if it was overwritten. */
  private reload({ payload, end }: Frame, offset: number, forgotten: Map<number, FramePlace | undefined>): void {
    const entry = decode(payload);
    const { no } = entry;
    this.nextNo = Math.max(this.nextNo, no + 1);
    if (entry.k === 'dead') {
      const bodyBytes = payload.length - 4 - payload.readUInt32LE(0);
      const { at: deadAtMs, group, seq } = entry;
      this.keep(no, { offset, frameBytes: end - offset, bodyBytes, deadAtMs, group, seq });
    } else if (entry.k === 'blank') {
      forgotten.set(no, undefined);
    } else if (!forgotten.has(no)) {
      // Versions that did not overwrite letters did not say where they were either, but then they are there.
      const place = this.kept.get(no) ?? (entry.offset === undefined ? undefined : entry);
      const { offset: start = 0, frameBytes = 0 } = place ?? {};
      forgotten.set(no, frameBytes === 0 ? undefined : { offset: start, frameBytes });
      this.drop(no);
    }
  }

  private keep(no: number, letter: KeptLetter): void {
    this.kept.set(no, letter);
    this.keptBytes += letter.frameBytes;
    this.bodyBytes += letter.bodyBytes;
  }

  private drop(no: number): void {
    this.keptBytes -= this.kept.get(no)?.frameBytes ?? 0;
    this.bodyBytes -= this.kept.get(no)?.bodyBytes ?? 0;
    this.kept.delete(no);
  }
}

/** A copy, alone in its ArrayBuffer. */
function bodyOf({ payload }: Frame, { bodyBytes }: KeptLetter): Uint8Array {
  return new Uint8Array(payload.subarray(payload.length - bodyBytes));
}
