import type { NavigateFunction } from 'react-router';
import { endSession } from '../lib/session.ts';
import { LOGIN_PATH } from './paths.ts';

/** Ends the session on purpose: the next login starts afresh, not where this one ended. */
export function signOut(navigate: NavigateFunction): void {
  endSession('signed-out');
  void navigate(LOGIN_PATH, { replace: true });
}
