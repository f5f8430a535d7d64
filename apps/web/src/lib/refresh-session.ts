import { AUTH_ROUTES } from '@aegisguard/model';
import { ApiError } from './api-error.ts';
import { sendRoute } from './send-route.ts';
import { beginSession, endSession, openSession, type SessionState, sessionState, subscribeSession } from './session.ts';
import { takeTurn } from './session-turn.ts';

/** A token is replaced this long before it ends. */
const AHEAD_MS = 60_000;
/** A token that ends sooner is not used any more: it might not arrive in time. */
const TOO_LATE_MS = 5_000;

async function exchangeCookie(): Promise<void> {
  try {
    beginSession(await sendRoute(AUTH_ROUTES.refresh, {}, { outlivesPage: true }), Date.now());
  } catch (error) {
    // Whatever else went wrong says nothing about the session.
    if (!(error instanceof ApiError) || error.status !== 401) {
      throw error;
    }
    endSession('expired');
  }
}

let running: Promise<void> | undefined;

/** Exchanges the cookie for a new token, unless the state is no longer `stale`: another tab was faster. Throws when the server cannot be asked. */
function refresh(stale: SessionState): Promise<void> {
  running ??= takeTurn(async () => {
    if (sessionState() === stale) {
      await exchangeCookie();
    }
  }).finally(() => {
    running = undefined;
  });
  return running;
}

/** Finds out whether the cookie is good for a session. */
export async function restoreSession(): Promise<void> {
  const state = sessionState();
  if (state.kind === 'unknown') {
    await refresh(state);
  }
}

/** The token to send, a new one if the present one is about to end; undefined without a session. */
export async function currentToken(): Promise<string | undefined> {
  const state = sessionState();
  const isTooLate = state.kind === 'open' && state.session.expiresAtMs - Date.now() < TOO_LATE_MS;
  if (state.kind === 'unknown' || isTooLate) {
    await refresh(state);
  }
  return openSession()?.accessToken;
}

/** Another token than the one that was refused; undefined when the session is over. */
export async function replaceToken(refused: string): Promise<string | undefined> {
  const state = sessionState();
  if (openSession()?.accessToken === refused) {
    await refresh(state);
  }
  return openSession()?.accessToken;
}

/** Ends the session here and on the server. */
export function leaveSession(): Promise<void> {
  return takeTurn(async () => {
    try {
      await sendRoute(AUTH_ROUTES.logout, {}, { accessToken: openSession()?.accessToken, outlivesPage: true });
      endSession('signed-out');
    } catch {
      endSession('not-told');
    }
  });
}

/** Finds the session of the cookie at the start, and renews its token for as long as the page is open. */
export function keepSession(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const renewInTime = (): void => {
    clearTimeout(timer);
    const state = sessionState();
    if (state.kind === 'open') {
      const leftMs = state.session.expiresAtMs - Date.now();
      // When it fails, the next call tries again.
      timer = setTimeout(() => void refresh(state).catch(() => undefined), Math.max(leftMs - AHEAD_MS, leftMs / 2));
    }
  };
  subscribeSession(renewInTime);
  // What cannot be asked now, the first call of the page asks again, and says why it fails.
  restoreSession().catch(() => undefined);
}
