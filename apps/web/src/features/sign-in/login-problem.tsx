import { type ReactNode, useEffect, useState } from 'react';
import type { ApiError } from '../../lib/api-error.ts';
import { Notice } from '../../ui/notice.tsx';

/** `2 min 05 s`, `40 s`. */
function waitText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  return minutes === 0 ? `${rest} s` : `${minutes} min ${String(rest).padStart(2, '0')} s`;
}

function Throttled({ seconds, onOver }: { readonly seconds: number; readonly onOver: () => void }): ReactNode {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft((before) => before - 1), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left <= 0) {
      onOver();
    }
  }, [left, onOver]);
  return (
    <>
      Too many failed attempts. Try again in{' '}
      {/* The countdown is for eyes; announcing every second would drown everything else. */}
      <span aria-hidden className="font-medium tabular-nums">
        {waitText(Math.max(0, left))}
      </span>
      <span className="sr-only">{waitText(seconds)}</span>.
    </>
  );
}

/** Why a login did not work. `onOver` is called when a throttled person may try again. */
export function LoginProblem({
  error,
  isPasskey = false,
  onOver,
}: {
  readonly error: ApiError;
  readonly isPasskey?: boolean;
  readonly onOver: () => void;
}): ReactNode {
  if (error.code === 'invalid-credentials') {
    return (
      <Notice kind="error">
        {isPasskey ? 'This passkey is not known here. It may have been removed.' : 'E-mail or password is wrong.'}
      </Notice>
    );
  }
  if (error.code === 'login-throttled') {
    return (
      <Notice kind="error">
        <Throttled key={error.requestId} seconds={error.retryAfterSeconds ?? 60} onOver={onOver} />
      </Notice>
    );
  }
  if (error.code === 'unauthorized') {
    return <Notice kind="error">This took too long, or was done already. Start again.</Notice>;
  }
  return (
    <Notice kind="error">
      <p className="font-medium">{error.title}</p>
      {error.detail === undefined ? null : <p className="text-muted">{error.detail}</p>}
      {error.requestId === undefined ? null : <p className="text-subtle text-xs">Request {error.requestId}</p>}
    </Notice>
  );
}
