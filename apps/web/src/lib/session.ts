import type { LoginAnswer, MeAnswer } from '@aegisguard/model';
import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { readStored, writeStored } from './stored-value.ts';

// How a login is kept: the access token in memory, the refresh token in a cookie that no script can read. `refresh-session.ts` gets tokens; this file knows the state, in every tab.

/** A login. */
export interface Session {
  readonly accessToken: string;
  readonly expiresAtMs: number;
  /** Who it is, as of the last refresh. */
  readonly me: MeAnswer;
}

/** Why there is no session: `none` yet, ended by the person, no longer taken by the server, or ended by the person while the server could not be told. */
export type SessionEnd = 'none' | 'signed-out' | 'expired' | 'not-told';

/** What the application knows about the login; `unknown` while the cookie has not been exchanged for a token. */
export type SessionState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'open'; readonly session: Session }
  | { readonly kind: 'closed'; readonly end: SessionEnd };

/** What tabs tell each other; a `closed` is about one session, so that a late one ends no newer. */
type Message =
  | { readonly kind: 'open'; readonly session: Session }
  | { readonly kind: 'closed'; readonly end: SessionEnd; readonly sessionId: string | undefined };

/** Whether there is a cookie, as far as this browser knows: without one nothing is asked, and the console shows no 401. No secret. */
const HINT = 'aegis.signed-in';
let channel: BroadcastChannel | undefined;
const listeners = new Set<() => void>();
let state: SessionState = readStored(HINT, z.boolean(), false) ? { kind: 'unknown' } : { kind: 'closed', end: 'none' };

function become(next: SessionState): void {
  state = next;
  for (const listener of listeners) {
    listener();
  }
}

function hear(message: Message): void {
  if (message.kind === 'open') {
    become(message);
  } else if (state.kind === 'unknown' || openSession()?.me.session.id === message.sessionId) {
    become({ kind: 'closed', end: message.end });
  }
}

/** The login as it is now. */
export function sessionState(): SessionState {
  return state;
}

/** The session, where there is one and its token is here. */
export function openSession(): Session | undefined {
  return state.kind === 'open' ? state.session : undefined;
}

/** Starts a session, or goes on with it, from the answer of a login or a refresh; in every tab. */
export function beginSession({ accessToken, expiresIn, ...me }: LoginAnswer, nowMs: number): void {
  const session = { accessToken, expiresAtMs: nowMs + expiresIn * 1000, me };
  writeStored(HINT, true);
  become({ kind: 'open', session });
  channel?.postMessage({ kind: 'open', session } satisfies Message);
}

/** Ends the session, in every tab. */
export function endSession(end: Exclude<SessionEnd, 'none'>): void {
  const sessionId = openSession()?.me.session.id;
  writeStored(HINT, undefined);
  become({ kind: 'closed', end });
  channel?.postMessage({ kind: 'closed', end, sessionId } satisfies Message);
}

/** Says that the server has set a cookie without this page: on the way back from an identity provider. */
export function expectSession(): void {
  writeStored(HINT, true);
  if (state.kind === 'closed') {
    become({ kind: 'unknown' });
  }
}

/** Calls back on every change; gives the function that stops it. */
export function subscribeSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps this tab in step with logins, refreshes and logouts in others. */
export function followSession(): void {
  channel ??= new BroadcastChannel('aegis.session');
  channel.onmessage = ({ data }: MessageEvent<Message>) => hear(data);
}

/** The login, as React state. */
export function useSession(): SessionState {
  return useSyncExternalStore(subscribeSession, sessionState);
}
