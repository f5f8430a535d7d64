/** Why we are asked to stop. */
export type StopReason = NodeJS.Signals | 'the parent is gone';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const PARENT_POLL_MS = 500;
// npm passes a signal on to us that the terminal has sent us already: one Ctrl-C arrives twice within milliseconds.
const ECHO_MS = 500;

/** Where the wishes come from; the process itself, or what a test gives instead. */
export interface StopSource {
  readonly signals: Pick<NodeJS.EventEmitter, 'on' | 'off'>;
  /** Process id of the parent, 1 or another reaper's once it is gone. */
  readonly parent: () => number;
  readonly nowMs: () => number;
}

const PROCESS: StopSource = { signals: process, parent: () => process.ppid, nowMs: () => performance.now() };

/**
 * Calls `onStop` for each wish to stop: a signal, or, for who is to end with its parent, the end of that one, which would leave us behind: npm, or the demo. A second call means that somebody is impatient.
 * Returns how to stop listening.
 */
export function listenForStop(
  endsWithParent: boolean,
  onStop: (reason: StopReason) => void,
  source: StopSource = PROCESS,
): () => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  const onSignal = (signal: NodeJS.Signals) => {
    const nowMs = source.nowMs();
    if (nowMs - lastMs >= ECHO_MS) onStop(signal);
    lastMs = nowMs;
  };
  for (const signal of SIGNALS) source.signals.on(signal, onSignal);

  const parent = source.parent();
  const timer = setInterval(() => {
    if (!endsWithParent || source.parent() === parent) return;
    clearInterval(timer);
    onStop('the parent is gone');
  }, PARENT_POLL_MS);
  return () => {
    clearInterval(timer);
    for (const signal of SIGNALS) source.signals.off(signal, onSignal);
  };
}
