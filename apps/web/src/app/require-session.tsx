import type { ReactNode } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { useSession } from '../lib/session.ts';
import { LOGIN_PATH, loginPath } from './paths.ts';

/** Lets only people with a session through; others log in first and come back to where they wanted to go. */
export function RequireSession(): ReactNode {
  const state = useSession();
  const location = useLocation();
  if (state.kind !== 'closed') {
    // Before the session is known the page loads already; its calls wait for the token.
    return <Outlet />;
  }
  const isOnPurpose = state.end === 'signed-out' || state.end === 'not-told';
  const wanted = isOnPurpose ? LOGIN_PATH : loginPath(location.pathname + location.search);
  return <Navigate to={wanted} replace />;
}
