import { stat, unlink } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { closeFile, openFile, readFully, syncDirectory } from './file-access.ts';
import { decodeFileHeader, HEADER_BYTES } from './file-header.ts';
import { FrameReader } from './frame-reader.ts';
import type { RecoveryReport } from './recovery-report.ts';
import { scanFrames } from './scan-frames.ts';
import type { SegmentLog } from './segment-log.ts';
import { decodeRecord, receiptsOf } from './segment-record.ts';
import { setAside } from './set-aside.ts';

/**
 * Appends the messages of a segment that overlaps the one before it again, under numbers of their own, and sets it aside. Such a file is empty unless an older version went on in it. A crash
 * in the midst of it means that they are appended twice: they count as delivered before, so whoever gets them looks whether the work is done.
 */
export async function adoptStray(log: SegmentLog, path: string, report: RecoveryReport): Promise<void> {
  let count = 0;
  const fd = await openFile(path, 'r');
  try {
    const bytes = Buffer.alloc(HEADER_BYTES);
    const header = (await readFully(fd, bytes, 0)) < HEADER_BYTES ? undefined : decodeFileHeader(bytes);
    if (header !== undefined) {
      const reader = new FrameReader((target, position) => readFully(fd, target, position), header.marker);
      await scanFrames(reader, HEADER_BYTES, (await stat(path)).size, async ({ payload }) => {
        const record = decodeRecord(payload);
        if (record.kind === 'message') {
          await log.appendAgain(record, receiptsOf(payload));
          count += 1;
        }
      });
    }
  } finally {
    await closeFile(fd);
  }
  const aside = await setAside(path);
  await unlink(path);
  await syncDirectory(dirname(path));
  report.damage(
    basename(path),
    `a segment began before the end of the one before it: its ${count} messages were appended again`,
    aside,
  );
}
