import type { QueueLogger } from '../../queue-logger.ts';

/** How recoveries are told to the operator: every message begins with the words that contract §6 "Data directory" promises. */
export class RecoveryReport {
  private readonly logger: QueueLogger;

  constructor(logger: QueueLogger) {
    this.logger = logger;
  }

  /** The end of a file was cut: what a crash during a write leaves. */
  cut(file: string, bytes: number): void {
    this.logger.warn(
      { file, bytes },
      `queue recovered: ${bytes} bytes after the last intact record were cut off; they were being written when the process died`,
    );
  }

  /** Something is lost or may be. */
  damage(file: string, what: string, aside?: string): void {
    const kept = aside === undefined ? '' : `; the damaged file is kept as ${aside}`;
    this.logger.warn({ file, aside }, `queue recovered: ${what}${kept}`);
  }
}
