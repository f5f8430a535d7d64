import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type QueueHarness, TEST_DEAD_BYTES_MAX } from '../../conformance/queue-under-test.ts';
import type { QueueDriver } from '../../driver.ts';
import { type EmbeddedQueueOptions, openEmbeddedQueue } from './embedded-queue.ts';

/** A harness that also shows where the files are and what was logged. */
export interface EmbeddedHarness extends QueueHarness {
  readonly directory: string;
  readonly warnings: readonly string[];
  /** Opens it after it was closed. */
  start(): Promise<void>;
  /** Opens the queue again after something happened to its closed files. */
  reopenAfter(change: (directory: string) => Promise<void>): Promise<void>;
}

/** Opens an embedded queue in a temporary directory, on a clock that stands still unless it is moved. For tests. */
export async function openEmbeddedHarness(
  options: Partial<Pick<EmbeddedQueueOptions, 'segmentBytesMax' | 'quietMs'>> = {},
): Promise<EmbeddedHarness> {
  const root = await mkdtemp(join(tmpdir(), 'aegis-queue-'));
  const harness = new Harness(root, options);
  await harness.start();
  return harness;
}

class Harness implements EmbeddedHarness {
  readonly warnings: string[] = [];
  readonly deadBytesMax = TEST_DEAD_BYTES_MAX;
  directory: string;
  private readonly root: string;
  private readonly options: Partial<EmbeddedQueueOptions>;
  private opened: QueueDriver | undefined;
  private clockMs = 1_750_000_000_000;
  private lives = 0;

  constructor(root: string, options: Partial<EmbeddedQueueOptions>) {
    this.root = root;
    this.directory = join(root, '0');
    this.options = options;
  }

  get queue(): QueueDriver {
    if (this.opened === undefined) {
      throw new Error('the harness is not started');
    }
    return this.opened;
  }

  nowMs = () => this.clockMs;

  elapse = async (ms: number) => {
    this.clockMs += ms;
  };

  openSecond = () => this.open();

  start = async () => {
    this.opened = await this.open();
  };

  reopen = () => this.reopenAfter(async () => undefined);

  reopenAfter = async (change: (directory: string) => Promise<void>) => {
    await this.queue.close();
    await change(this.directory);
    await this.start();
  };

  /** Goes on with a copy of the files as they are: what a kill leaves. */
  crash = async () => {
    this.lives += 1;
    const next = join(this.root, String(this.lives));
    copyAsKilled(this.directory, next);
    await this.queue.close();
    this.directory = next;
    await this.start();
  };

  dispose = async () => {
    await this.opened?.close();
    await rm(this.root, { recursive: true, force: true });
  };

  private open(): Promise<QueueDriver> {
    const warn = (_fields: object, text: string) => {
      this.warnings.push(text);
    };
    return openEmbeddedQueue({
      deadBytesMax: this.deadBytesMax,
      ...this.options,
      directory: this.directory,
      logger: { info: () => undefined, warn },
      nowMs: this.nowMs,
    });
  }
}

/** Copies by another process, since closing a file here would give up SQLite's locks on it. A file whose deletion is under way is not there after a kill, either; to `cp` that is an error. */
function copyAsKilled(from: string, to: string): void {
  const { error, stderr } = spawnSync('env', ['LC_ALL=C', 'cp', '-r', from, to], { encoding: 'utf8' });
  const failures = stderr.split('\n').filter((line) => line !== '' && !line.endsWith(': No such file or directory'));
  if (error !== undefined || failures.length > 0) {
    throw error ?? new Error(failures.join('\n'));
  }
}
