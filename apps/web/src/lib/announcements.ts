import { useSyncExternalStore } from 'react';

/** A short word that something has been done. */
export interface Announcement {
  readonly id: number;
  readonly text: string;
}

/** How long one stays. */
const SHOWN_MS = 6000;

let shown: readonly Announcement[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function show(next: readonly Announcement[]): void {
  shown = next;
  for (const listener of listeners) {
    listener();
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Takes an announcement away. */
export function dismiss(id: number): void {
  show(shown.filter((each) => each.id !== id));
}

/** Says for a moment, to eyes and to screen readers, that something has been done: `The key “checkout” is revoked.` Errors stand where they belong instead, and stay. */
export function announce(text: string): void {
  lastId += 1;
  const id = lastId;
  show([...shown, { id, text }]);
  setTimeout(() => dismiss(id), SHOWN_MS);
}

/** What is announced now. */
export function useAnnouncements(): readonly Announcement[] {
  return useSyncExternalStore(subscribe, () => shown);
}
