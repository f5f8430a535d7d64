import { type ReactNode, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from './button.tsx';
import { Sheet } from './sheet.tsx';

/** Where a click on a link of ours leads, if it leads to another page in this tab. */
function pageLeftFor(event: MouseEvent): string | undefined {
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const isHere = link === null || link.target === '_blank' || link.origin !== location.origin;
  return !isPlain || isHere || link.pathname === location.pathname ? undefined : link.pathname + link.search;
}

/**
 * Asks before changes are left behind: by a link of the application, or by closing the tab, where the browser asks. Going back needs no question, because the changes are kept for whoever comes again.
 */
export function LeaveGuard({
  title,
  children,
  onDiscard,
}: {
  /** `The policy is not saved`. */
  readonly title: string;
  /** What that means. */
  readonly children: ReactNode;
  readonly onDiscard: () => void;
}): ReactNode {
  const navigate = useNavigate();
  const [wanted, setWanted] = useState<string>();
  useEffect(() => {
    const onUnload = (event: BeforeUnloadEvent): void => event.preventDefault();
    const onClick = (event: MouseEvent): void => {
      const page = pageLeftFor(event);
      if (page !== undefined) {
        event.preventDefault();
        event.stopPropagation();
        setWanted(page);
      }
    };
    addEventListener('beforeunload', onUnload);
    // Before the router hears of it.
    document.addEventListener('click', onClick, true);
    return () => {
      removeEventListener('beforeunload', onUnload);
      document.removeEventListener('click', onClick, true);
    };
  }, []);
  const stay = (): void => setWanted(undefined);
  return wanted === undefined ? null : (
    <Sheet label="Changes are not saved" side="center" onClose={stay}>
      <div className="flex flex-col gap-3 p-5">
        <h2 className="font-semibold text-base">{title}</h2>
        <p className="text-muted">{children}</p>
        <div className="flex flex-wrap justify-end gap-2">
          <Button
            onClick={() => {
              onDiscard();
              void navigate(wanted);
            }}
          >
            Leave without saving
          </Button>
          <Button variant="primary" onClick={stay}>
            Stay
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
