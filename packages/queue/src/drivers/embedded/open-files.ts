import { closeFile, openFile } from './file-access.ts';

interface OpenEntry {
  readonly fd: Promise<number>;
  users: number;
  /** Closed as soon as nobody uses it. */
  forgotten: boolean;
}

/** Files held open while nobody reads them. */
const IDLE_FILES_MAX = 8;

/** Keeps files open for reading between uses, the latest used few of them. A descriptor is never closed while somebody reads through it. */
export class OpenFiles {
  private readonly entries = new Map<string, OpenEntry>();
  private closing: Promise<unknown> = Promise.resolve();

  async use<T>(path: string, work: (fd: number) => Promise<T>): Promise<T> {
    const entry = this.entries.get(path) ?? { fd: openFile(path, 'r'), users: 0, forgotten: false };
    entry.users += 1;
    // Moved to the end: the map is ordered by last use.
    this.entries.delete(path);
    this.entries.set(path, entry);
    try {
      return await work(await entry.fd);
    } catch (error) {
      this.forget(path);
      throw error;
    } finally {
      entry.users -= 1;
      if (entry.forgotten) {
        this.closeIfIdle(entry);
      }
      this.trim();
    }
  }

  /** To be called when the file behind the name is another or gone; the next use opens it anew. */
  forget(path: string): void {
    const entry = this.entries.get(path);
    if (entry !== undefined) {
      this.entries.delete(path);
      entry.forgotten = true;
      this.closeIfIdle(entry);
    }
  }

  /** Closes everything; nobody may be reading. */
  async close(): Promise<void> {
    for (const path of [...this.entries.keys()]) {
      this.forget(path);
    }
    await this.closing;
  }

  private trim(): void {
    let idle = 0;
    for (const { users } of this.entries.values()) {
      idle += users === 0 ? 1 : 0;
    }
    for (const [path, { users }] of this.entries) {
      if (idle <= IDLE_FILES_MAX) {
        return;
      }
      if (users === 0) {
        this.forget(path);
        idle -= 1;
      }
    }
  }

  private closeIfIdle(entry: OpenEntry): void {
    if (entry.users === 0) {
      const closed = entry.fd.then(closeFile).catch(() => undefined);
      this.closing = Promise.all([this.closing, closed]);
    }
  }
}
