import fs from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

// What clients sent is nobody else's business on the machine. The umask can only take from these.
const DIRECTORY_MODE = 0o700;
export const FILE_MODE = 0o600;

// The callback API under promises: FileHandles are slower and close themselves when collected.
const openWithMode: (path: string, flags: string, mode: number) => Promise<number> = promisify(fs.open);
export const closeFile = promisify(fs.close);
export const syncData = promisify(fs.fdatasync);
export const cutFile = promisify(fs.ftruncate);
const syncFile = promisify(fs.fsync);
const readOnce = promisify(fs.read);
const writeOnce = promisify(fs.writev);

/** Opens a file; one that is made by it belongs to our user alone. */
export function openFile(path: string, flags: string): Promise<number> {
  return openWithMode(path, flags, FILE_MODE);
}

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
    await syncFile(fd);
  } finally {
    await closeFile(fd);
  }
}

/**
 * Writes a whole file so that a crash leaves the old one or the new one, never a part: `produce` writes it, then it takes the name. `take` is given the file, open for reading and
 * writing, as soon as it has the name, so that nobody goes on with the old one. What can fail for want of descriptors or space comes before that, and then the old file stands.
 */
export async function replaceFile(
  path: string,
  directory: string,
  produce: (fd: number) => Promise<void>,
  take: (fd: number) => void | Promise<void> = closeFile,
): Promise<void> {
  const draft = `${path}.tmp`;
  const folder = await openFile(directory, 'r');
  try {
    const fd = await openFile(draft, 'w+');
    try {
      await produce(fd);
      await syncData(fd);
      await fs.promises.rename(draft, path);
    } catch (error) {
      await closeFile(fd);
      await fs.promises.rm(draft, { force: true });
      throw error;
    }
    await take(fd);
    await syncFile(folder);
  } finally {
    await closeFile(folder);
  }
}

/** Makes a directory for our user alone, durably; one that is there already is closed to others if it is ours to close. */
export async function makePrivateDirectory(path: string): Promise<void> {
  if ((await fs.promises.mkdir(path, { recursive: true, mode: DIRECTORY_MODE })) !== undefined) {
    await syncDirectory(dirname(path));
    return;
  }
  const { mode } = await fs.promises.stat(path);
  if ((mode & 0o077) !== 0) {
    await fs.promises.chmod(path, DIRECTORY_MODE).catch((error: NodeJS.ErrnoException) => {
      // A volume that belongs to another user and is shared with us through its group.
      if (error.code !== 'EPERM') {
        throw error;
      }
    });
  }
}

/** Sees to it that SQLite, which knows no modes, finds a file for our user alone, and makes its companions so too. Opens no file that is there: that would cost SQLite's locks on it. */
export function makePrivateFile(path: string): void {
  try {
    fs.closeSync(fs.openSync(path, 'wx', FILE_MODE));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
      throw error;
    }
    fs.chmodSync(path, FILE_MODE);
  }
}
