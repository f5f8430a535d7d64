import fs from 'node:fs';
import { promisify } from 'node:util';

// The callback API under promises: FileHandles are slower and close themselves when collected.
export const openFile = promisify(fs.open);
export const closeFile = promisify(fs.close);
export const syncData = promisify(fs.fdatasync);
export const cutFile = promisify(fs.ftruncate);
const readOnce = promisify(fs.read);
const writeOnce = promisify(fs.writev);

/** Writes all of `parts` one after the other from `position` on; a short write is carried on. */
export async function writeFully(fd: number, parts: readonly Uint8Array[], position: number): Promise<void> {
  let rest = parts;
  let at = position;
  while (rest.length > 0) {
    const { bytesWritten } = await writeOnce(fd, rest, at);
    if (bytesWritten === 0) {
      throw new Error('the file system took no bytes');
    }
    at += bytesWritten;
    rest = skipBytes(rest, bytesWritten);
  }
}

function skipBytes(parts: readonly Uint8Array[], count: number): readonly Uint8Array[] {
  let left = count;
  for (const [index, part] of parts.entries()) {
    if (left < part.byteLength) {
      return [part.subarray(left), ...parts.slice(index + 1)];
    }
    left -= part.byteLength;
  }
  return [];
}

/** Fills `target` from `position` on; gives the number of bytes that there were. */
export async function readFully(fd: number, target: Uint8Array, position: number): Promise<number> {
  let done = 0;
  while (done < target.byteLength) {
    const { bytesRead } = await readOnce(fd, target, done, target.byteLength - done, position + done);
    if (bytesRead === 0) {
      break;
    }
    done += bytesRead;
  }
  return done;
}

/** Makes creations, renames and removals in a directory durable. */
export async function syncDirectory(path: string): Promise<void> {
  const fd = await openFile(path, 'r');
  try {
    await promisify(fs.fsync)(fd);
  } finally {
    await closeFile(fd);
  }
}

/** Writes a whole file so that a crash leaves the old one or the new one, never a part: `produce` writes it, then it takes the name. */
export async function replaceFile(
  path: string,
  directory: string,
  produce: (fd: number) => Promise<void>,
): Promise<void> {
  const draft = `${path}.tmp`;
  const fd = await openFile(draft, 'w');
  try {
    await produce(fd);
    await syncData(fd);
  } finally {
    await closeFile(fd);
  }
  await fs.promises.rename(draft, path);
  await syncDirectory(directory);
}
