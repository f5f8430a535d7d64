import { AegisError } from '@aegisguard/model';

/** A closed queue is one that goes away with its process: another will answer soon. */
const RETRY_AFTER_SECONDS = 5;

/** Lets calls in until it is closed, and lets closing wait for those under way, so that nothing is taken from under them. */
export class CallGate {
  private calls = 0;
  private closed = false;
  private onIdle: (() => void) | undefined;

  get isClosed(): boolean {
    return this.closed;
  }

  /** Runs a call; throws `AegisError` `unavailable` after `close`. What is thrown but no `AegisError` goes through `translate`. */
  async run<T>(work: () => Promise<T>, translate: (error: unknown) => Error): Promise<T> {
    if (this.closed) {
      throw new AegisError('unavailable', { internal: 'the queue is closed', retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    this.calls += 1;
    try {
      return await work();
    } catch (error) {
      throw error instanceof AegisError ? error : translate(error);
    } finally {
      this.calls -= 1;
      if (this.calls === 0) {
        this.onIdle?.();
      }
    }
  }

  /** Lets no more calls in. `wake` ends those that wait; resolves when all have ended. False when it was closed before. */
  async close(wake: () => void): Promise<boolean> {
    if (this.closed) {
      return false;
    }
    this.closed = true;
    wake();
    if (this.calls > 0) {
      await new Promise<void>((resolve) => {
        this.onIdle = resolve;
      });
    }
    return true;
  }
}
