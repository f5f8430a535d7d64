import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router';
import { Button } from '../ui/button.tsx';

/** Shown for an address that is no page. */
export function NotFoundPage(): ReactNode {
  useEffect(() => {
    document.title = 'Not found · AegisGuard';
  }, []);
  return (
    <main className="flex h-full flex-col items-center justify-center gap-3 p-6 text-center">
      <h1 className="font-semibold text-base">There is no such page</h1>
      <p className="text-muted">The address may be mistyped, or the page may have moved.</p>
      <Button asChild>
        <Link to="/">Go to the start</Link>
      </Button>
    </main>
  );
}
