import { AUTH_ROUTES, TURN_COOKIE } from '@aegisguard/model';
import { z } from 'zod';
import { ApiError } from './api-error.ts';
import { sendRoute } from './send-route.ts';
import { beginSession, endSession, openSession, type SessionState, sessionState, subscribeSession } from './session.ts';
import { readStored, writeStored } from './stored-value.ts';

// A refresh token works once, and one that comes again ends the session (docs/adr/0012). So all tabs take turns at the cookie, by the Web Locks API (https://www.w3.org/TR/web-locks/); and a page that
// is left in the middle of its turn leaves a mark, so that the next one waits until the browser has the answer: each answer that sets the cookie, or takes it back, changes a second one that scripts can read.

const LOCK = 'aegis.session';
const MARK = 'aegis.session-turn';
/** The answer to a turn that takes longer will never come. */
const TURN_MAX_MS = 10_000;
const LOOK_AGAIN_MS = 50;
/** A page that is being left may see its requests fail first, though they go on: without an answer, only one that is still there so long afterwards takes its mark back. */
const LEAVING_MS = 1_000;
/** A token is replaced this long before it ends. */
const AHEAD_MS = 60_000;
/** A token that ends sooner is not used any more: it might not arrive in time. */
const TOO_LATE_MS = 5_000;

/** A turn that began, and what the second cookie was then. */
const markSchema = z.object({ atMs: z.number(), cookie: z.string() }).optional();

function turnCookie(): string {
  return document.cookie.split('; ').find((pair) => pair.startsWith(`${TURN_COOKIE}=`)) ?? '';
}

async function untilTurnIsOver(): Promise<void> {
  for (;;) {
    const mark = readStored(MARK, markSchema, undefined);
    const ageMs = Date.now() - (mark?.atMs ?? 0);
    if (mark === undefined || mark.cookie !== turnCookie() || ageMs < 0 || ageMs > TURN_MAX_MS) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

async function markedTurn<T>(work: () => Promise<T>): Promise<T> {
  await untilTurnIsOver();
  const own = { atMs: Date.now(), cookie: turnCookie() };
  writeStored(MARK, own);
  const takeBack = (): void => {
    // Another tab may have begun its turn since the answer changed the cookie.
    const mark = readStored(MARK, markSchema, undefined);
    if (mark?.atMs === own.atMs && mark.cookie === own.cookie) {
      writeStored(MARK, undefined);
    }
  };
  try {
    const result = await work();
    takeBack();
    return result;
  } catch (error) {
    if (error instanceof ApiError && error.status !== undefined) {
      takeBack();
    } else {
      setTimeout(takeBack, LEAVING_MS);
    }
    throw error;
  }
}

/** Runs what uses the cookie while no other tab does. Browsers have locks over https and on this machine only; elsewhere the mark alone must do. */
function takeTurn<T>(work: () => Promise<T>): Promise<T> {
  const locks: LockManager | undefined = navigator.locks;
  return locks === undefined ? markedTurn(work) : locks.request(LOCK, () => markedTurn(work));
}

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
