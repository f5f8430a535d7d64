import { type ReactNode, useEffect } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { Mark } from '../../app/mark.tsx';
import { NEXT_PARAMETER, nextAfterLogin } from '../../app/paths.ts';
import { useSession } from '../../lib/session.ts';
import { Notice } from '../../ui/notice.tsx';
import { LoginForm } from './login-form.tsx';

/** Where one logs in; with a session it leads straight on. */
export function LoginPage(): ReactNode {
  const { session, end } = useSession();
  const [parameters] = useSearchParams();
  useEffect(() => {
    document.title = 'Sign in · AegisGuard';
  }, []);
  if (session !== null) {
    return <Navigate to={nextAfterLogin(parameters.get(NEXT_PARAMETER))} replace />;
  }
  return (
    <main className="flex min-h-full items-center justify-center p-4">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex items-center gap-2.5">
          <Mark className="size-8" />
          <h1 className="font-semibold text-lg tracking-tight">Sign in to AegisGuard</h1>
        </div>
        {end === 'expired' ? (
          <Notice kind="info" className="mb-4">
            Your session has ended. Sign in to go on where you were.
          </Notice>
        ) : null}
        <LoginForm />
      </div>
    </main>
  );
}
