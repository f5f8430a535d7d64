/** Lets readers wait for something to happen. */
export class WakeUp {
  private readonly waiting = new Set<() => void>();

  /** Wakes everybody who waits. */
  notify(): void {
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const wake of waiting) {
      wake();
    }
  }

  /** Resolves on the next `notify`, after `ms`, or when the signal is aborted. */
  wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.waiting.add(wake);
      signal?.addEventListener('abort', wake);
      if (signal?.aborted) {
        wake();
      }
    });
  }
}
