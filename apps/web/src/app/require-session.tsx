import type { ReactNode } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { useSession } from '../lib/session.ts';
import { LOGIN_PATH, loginPath } from './paths.ts';

/** Lets only people with a session through; others log in first and come back to where they wanted to go. */
export function RequireSession(): ReactNode {
  const { session, end } = useSession();
  const location = useLocation();
  if (session !== null) {
    return <Outlet />;
  }
  const wanted = end === 'signed-out' ? LOGIN_PATH : loginPath(location.pathname + location.search);
  return <Navigate to={wanted} replace />;
}
