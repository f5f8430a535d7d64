import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file that lies in the directory while the store is open; found at the opening, it tells that the last process did not close it. */
export class UncleanMark {
  readonly #path: string;
  #wasUnclean: boolean;

  /** The directory must be this process's already. */
  constructor(directory: string) {
    this.#path = join(directory, 'aegisguard-open');
    this.#wasUnclean = existsSync(this.#path);
    writeFileSync(this.#path, '', { mode: 0o600 });
  }

  /** Whether there is something that may need repair. */
  get wasUnclean(): boolean {
    return this.#wasUnclean;
  }

  /** What the crash left behind is repaired. */
  repaired(): void {
    this.#wasUnclean = false;
  }

  /** The store was closed; what an earlier crash left unrepaired stays marked. */
  closed(): void {
    if (!this.#wasUnclean) {
      rmSync(this.#path, { force: true });
    }
  }
}
