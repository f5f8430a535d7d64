import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Environment } from '@aegisguard/config';
import type { ReadyReport } from '@aegisguard/model';

/** What `npm start` runs. */
const LAUNCHER = fileURLToPath(new URL('../../launcher/dist/main.js', import.meta.url));

/** The product, started as `npm start` starts it, with its output where ours goes. It ends when we are gone. */
export class LauncherProcess {
  readonly #child: ChildProcess;
  /** Resolves with the first report that the server is ready; never when it does not become so. */
  readonly ready: Promise<ReadyReport>;
  /** Its exit code. */
  readonly ended: Promise<number>;

  constructor(env: Environment) {
    // A process group of its own: the terminal's Ctrl-C reaches us only, and the shop closes before the server does.
    this.#child = spawn(process.execPath, [LAUNCHER], {
      env,
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.ready = new Promise((resolve) => {
      this.#child.on('message', (message) => {
        if (isReadyReport(message)) resolve(message);
      });
    });
    this.ended = once(this.#child, 'exit').then(([code]) => Number(code ?? 1));
  }

  /** Asks it to drain; again, to make it short. */
  stop(): void {
    this.#child.kill('SIGTERM');
  }
}

function isReadyReport(message: unknown): message is ReadyReport {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready';
}
