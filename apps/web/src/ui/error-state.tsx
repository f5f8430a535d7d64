import { CircleAlert, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ApiError } from '../lib/api-error.ts';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';

/** What failed, why, the id to name when asking for help, and a way on. */
export function ErrorState({
  error,
  onRetry,
  children,
}: {
  readonly error: ApiError;
  readonly onRetry: () => void;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <div role="alert" className="mx-auto flex max-w-xl flex-col items-center gap-2 px-6 py-12 text-center">
      <CircleAlert aria-hidden className="size-6 text-danger" />
      <h2 className="font-semibold text-base">{error.title}</h2>
      {error.detail === undefined ? null : <p className="break-words text-muted">{error.detail}</p>}
      <div className="mt-2 flex flex-wrap items-center justify-center gap-2">
        <Button onClick={onRetry}>
          <RotateCw aria-hidden />
          Try again
        </Button>
        {children}
      </div>
      {error.requestId === undefined ? null : (
        <p className="flex items-center gap-1 text-subtle text-xs">
          Request <code className="font-mono">{error.requestId}</code>
          <CopyButton label="Copy request id" size="icon-sm" text={() => error.requestId ?? ''} />
        </p>
      )}
    </div>
  );
}
