import type { NavigateFunction } from 'react-router';
import { leaveSession } from '../lib/refresh-session.ts';
import { LOGIN_PATH } from './paths.ts';

/** Ends the session on purpose: the next login starts afresh, not where this one ended. */
export async function signOut(navigate: NavigateFunction): Promise<void> {
  await leaveSession();
  void navigate(LOGIN_PATH, { replace: true });
}
