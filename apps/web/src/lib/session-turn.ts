import { TURN_COOKIE } from '@aegisguard/model';
import { z } from 'zod';
import { ApiError } from './api-error.ts';
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
export function takeTurn<T>(work: () => Promise<T>): Promise<T> {
  const locks: LockManager | undefined = navigator.locks;
  return locks === undefined ? markedTurn(work) : locks.request(LOCK, () => markedTurn(work));
}
