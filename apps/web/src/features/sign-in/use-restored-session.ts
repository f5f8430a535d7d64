import { useEffect, useState } from 'react';
import { restoreSession } from '../../lib/refresh-session.ts';
import { type SessionState, useSession } from '../../lib/session.ts';

/** The login on a page that is for everybody; undefined while it is being found out. Where the server cannot be asked there is none. */
export function useRestoredSession(): Exclude<SessionState, { kind: 'unknown' }> | undefined {
  const state = useSession();
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    if (state.kind === 'unknown') {
      restoreSession().catch(() => setFailed(true));
    }
  }, [state]);
  if (state.kind !== 'unknown') {
    return state;
  }
  return hasFailed ? { kind: 'closed', end: 'none' } : undefined;
}
