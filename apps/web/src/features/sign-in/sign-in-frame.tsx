import { type ReactNode, useEffect } from 'react';
import { Mark } from '../../app/mark.tsx';

/** What is around the pages of people who are not signed in: one thing to do, in the middle, and other ways below it. */
export function SignInFrame({
  title,
  description,
  footer,
  children,
}: {
  readonly title: string;
  readonly description?: ReactNode;
  readonly footer?: ReactNode;
  readonly children?: ReactNode;
}): ReactNode {
  useEffect(() => {
    document.title = `${title} · AegisGuard`;
  }, [title]);
  return (
    <main className="flex min-h-full flex-col items-center justify-center gap-5 p-4 py-10">
      <div className="w-full max-w-sm rounded-xl border border-line bg-surface px-5 py-6 shadow-float sm:px-7 sm:py-7">
        <header className="mb-5 flex flex-col gap-3">
          <Mark className="size-8" />
          <div>
            <h1 className="font-semibold text-lg tracking-tight">{title}</h1>
            {description === undefined ? null : <div className="mt-0.5 break-words text-muted">{description}</div>}
          </div>
        </header>
        <div className="flex flex-col gap-4">{children}</div>
      </div>
      {footer === undefined ? null : <div className="max-w-sm text-center text-muted">{footer}</div>}
    </main>
  );
}
