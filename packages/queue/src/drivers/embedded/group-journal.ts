import { rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { QueueLogger } from '../../queue-logger.ts';
import { closeFile, cutFile, openFile, readFully, replaceFile, writeFully } from './file-access.ts';
import { decodeFileHeader, encodeFileHeader, HEADER_BYTES, newFileHeader } from './file-header.ts';
import { smallFrame } from './frame.ts';
import { FrameReader } from './frame-reader.ts';
import { GroupCommit } from './group-commit.ts';
import type { GroupChange, GroupSnapshot } from './group-state.ts';
import type { RecoveryReport } from './recovery-report.ts';
import { scanFrames } from './scan-frames.ts';
import { setAside } from './set-aside.ts';

/** The journal is rewritten as one snapshot when it is larger than this and than `COMPACT_FACTOR` snapshots. */
const COMPACT_BYTES_MIN = 256 * 1024;
const COMPACT_FACTOR = 8;
const GROUP_LIMITS = { countMax: 1024, bytesMax: 1024 ** 2 };

/** What a journal needs. */
export interface GroupJournalOptions {
  readonly path: string;
  readonly report: RecoveryReport;
  readonly logger: QueueLogger;
  /** The state with every change that was handed to `record`. */
  readonly snapshot: () => GroupSnapshot;
}

/**
 * The durable side of a group's state: changes appended to a file, which is rewritten as a snapshot when it has grown. Writes reach the page cache, not the disk: they survive the death
 * of the process. A power cut may lose the latest, and so may a disk that is full or damaged: then messages are delivered again, some of which the journal says were never delivered. That
 * is why what was in the log before this process began counts as delivered before, whatever the journal says (`ConsumerGroup`). A disk that takes no writes must not stop consumers, whose acknowledgements are what makes room
 * again: then the changes stay in memory and the next write that succeeds is a snapshot.
 */
export class GroupJournal {
  private readonly options: GroupJournalOptions;
  private readonly group: GroupCommit<Buffer, undefined>;
  private fd: number | undefined;
  private marker: Buffer = Buffer.alloc(0);
  private size = 0;
  private snapshotBytes = 0;
  /** The file lacks changes: only a snapshot can bring it up to date. */
  private behind = true;

  constructor(options: GroupJournalOptions) {
    this.options = options;
    this.group = new GroupCommit(
      (changes) => this.write(changes),
      (change) => change.byteLength,
      GROUP_LIMITS,
    );
  }

  /** Replays the changes kept in the file, and mends it; call it once, first. Without a file it makes one. */
  async open(replay: (change: GroupChange) => void): Promise<void> {
    const { path } = this.options;
    await rm(`${path}.tmp`, { force: true });
    const fd = await openFile(path, 'r+').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') {
        return undefined;
      }
      throw error;
    });
    if (fd === undefined) {
      // At once: a group that is forgotten with the process would not keep segments from being deleted.
      await this.rewrite();
      return;
    }
    const intact = await this.readFrom(fd, replay);
    if (intact === undefined) {
      await closeFile(fd);
      const aside = await setAside(path);
      const what = "a group's journal is damaged: some of its messages may be delivered once more";
      this.options.report.damage(basename(path), what, aside);
      await this.rewrite();
    } else {
      this.fd = fd;
      this.size = intact;
      this.behind = false;
    }
  }

  /** Resolves when the change is written, or cannot be for the time being. */
  record(change: GroupChange): Promise<void> {
    return this.group.add(Buffer.from(JSON.stringify(change)));
  }

  async close(): Promise<void> {
    await this.group.settled();
    if (this.fd !== undefined) {
      await closeFile(this.fd);
    }
  }

  /** Where the intact file ends; undefined when it is damaged. */
  private async readFrom(fd: number, replay: (change: GroupChange) => void): Promise<number | undefined> {
    const { path, report } = this.options;
    const fileBytes = (await stat(path)).size;
    const bytes = Buffer.alloc(HEADER_BYTES);
    const header = (await readFully(fd, bytes, 0)) < HEADER_BYTES ? undefined : decodeFileHeader(bytes);
    if (header === undefined) {
      return undefined;
    }
    this.marker = header.marker;
    const reader = new FrameReader((target, position) => readFully(fd, target, position), header.marker);
    const scan = await scanFrames(reader, HEADER_BYTES, fileBytes, ({ payload }) =>
      replay(JSON.parse(payload.toString()) as GroupChange),
    );
    if (scan.damages.length > 0) {
      return undefined;
    }
    if (scan.tornBytes > 0) {
      await cutFile(fd, scan.end);
      report.cut(basename(path), scan.tornBytes);
    }
    return scan.end;
  }

  private async write(changes: readonly Buffer[]): Promise<readonly undefined[]> {
    try {
      if (this.behind || this.fd === undefined || this.size > this.sizeMax()) {
        await this.rewrite();
      } else {
        const frames = Buffer.concat(changes.map((change) => smallFrame(this.marker, change)));
        await writeFully(this.fd, [frames], this.size);
        this.size += frames.length;
      }
    } catch (error) {
      if (!this.behind) {
        const file = basename(this.options.path);
        this.options.logger.warn(
          { err: error, file },
          'acknowledgements cannot be written for now: a crash would bring redelivery',
        );
      }
      this.behind = true;
    }
    return changes.map(() => undefined);
  }

  private sizeMax(): number {
    return Math.max(COMPACT_BYTES_MIN, COMPACT_FACTOR * this.snapshotBytes);
  }

  private async rewrite(): Promise<void> {
    const { path, snapshot } = this.options;
    const header = newFileHeader(0);
    const frame = smallFrame(header.marker, Buffer.from(JSON.stringify(snapshot())));
    const write = (fd: number) => writeFully(fd, [encodeFileHeader(header), frame], 0);
    const old = this.fd;
    await replaceFile(path, dirname(path), write, (fd) => {
      this.fd = fd;
      this.marker = header.marker;
      this.size = HEADER_BYTES + frame.length;
      this.snapshotBytes = frame.length;
      this.behind = false;
    });
    if (old !== undefined) {
      await closeFile(old);
    }
  }
}
