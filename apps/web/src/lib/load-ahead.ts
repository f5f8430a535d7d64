/** Loads code before it is needed. What cannot be loaded now, whoever needs it loads again, and says why it fails. */
export function loadAhead(load: () => Promise<unknown>): void {
  load().catch(() => undefined);
}
