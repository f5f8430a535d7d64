import { type ReactNode, useEffect } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { LOGIN_PATH, NEXT_PARAMETER, nextAfterLogin } from '../../app/paths.ts';
import { restoreSession } from '../../lib/refresh-session.ts';
import { expectSession, sessionState, useSession } from '../../lib/session.ts';

/** Where an identity provider's login ends: exchanges the cookie that came with it, and leads on. */
export function SignedInPage(): ReactNode {
  const state = useSession();
  const [parameters] = useSearchParams();
  useEffect(() => {
    const before = sessionState();
    if (before.kind === 'closed' && before.end === 'none') {
      expectSession();
    }
    restoreSession().catch(() => undefined);
  }, []);
  if (state.kind === 'closed' && state.end !== 'none') {
    return <Navigate to={LOGIN_PATH} replace />;
  }
  return state.kind === 'open' ? <Navigate to={nextAfterLogin(parameters.get(NEXT_PARAMETER))} replace /> : null;
}
