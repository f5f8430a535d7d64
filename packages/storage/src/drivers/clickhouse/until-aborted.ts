/** The promise's outcome, or the signal's reason as soon as it fires. */
export function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  if (signal.aborted) {
    onAbort();
  } else {
    signal.addEventListener('abort', onAbort, { once: true });
  }
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener('abort', onAbort));
}
