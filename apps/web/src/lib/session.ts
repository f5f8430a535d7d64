import type { LoginAnswer } from '@aegisguard/model';
import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { readStored, writeStored } from './stored-value.ts';

// The one place that knows how a login is kept (docs/adr/0006). Refresh tokens in an HttpOnly cookie come with the control plane and change this file alone.

const StoredSession = z.object({ accessToken: z.string().min(1), expiresAtMs: z.number() });

/** A login. */
type Session = z.infer<typeof StoredSession>;

/** Why there is no session: `none` yet, ended by the person, or no longer taken by the server. */
export type SessionEnd = 'none' | 'signed-out' | 'expired';

/** What the application knows about the login. */
export interface SessionState {
  readonly session: Session | null;
  readonly end: SessionEnd;
}

const KEY = 'aegis.session';
const listeners = new Set<() => void>();
let state: SessionState = readState(Date.now());

function readState(nowMs: number): SessionState {
  const session = readStored(KEY, StoredSession.nullable(), null);
  if (session === null) {
    return { session: null, end: 'none' };
  }
  return session.expiresAtMs > nowMs ? { session, end: 'none' } : { session: null, end: 'expired' };
}

function become(next: SessionState): void {
  state = next;
  for (const listener of listeners) {
    listener();
  }
}

/** The login as it is now. */
export function sessionState(): SessionState {
  return state;
}

/** Starts a session from a login's answer. */
export function beginSession(answer: LoginAnswer, nowMs: number): void {
  const session = { accessToken: answer.accessToken, expiresAtMs: nowMs + answer.expiresIn * 1000 };
  writeStored(KEY, session);
  become({ session, end: 'none' });
}

/** Ends the session, in every tab. */
export function endSession(end: Exclude<SessionEnd, 'none'>): void {
  writeStored(KEY, undefined);
  become({ session: null, end });
}

/** Calls back on every change; gives the function that stops it. */
export function subscribeSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps this tab in step with logins and logouts in others. */
export function followSession(): void {
  addEventListener('storage', (event) => {
    if (event.key === KEY) {
      const next = readState(Date.now());
      become(next.session === null ? { session: null, end: 'signed-out' } : next);
    }
  });
}

/** The login, as React state. */
export function useSession(): SessionState {
  return useSyncExternalStore(subscribeSession, sessionState);
}
