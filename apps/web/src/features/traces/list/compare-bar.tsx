import { GitCompareArrows, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { compareTracesPath } from '../../../app/paths.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';

/** Two traces are compared: the one that was picked first is the earlier side. */
export function CompareBar({
  orgId,
  picked,
  onClear,
}: {
  readonly orgId: string;
  readonly picked: readonly string[];
  readonly onClear: () => void;
}): ReactNode {
  const [first, second] = picked;
  if (first === undefined) {
    return null;
  }
  return (
    <section
      aria-label="Compare"
      className="flex min-h-10 shrink-0 items-center gap-2 border-line border-t bg-raised px-3 text-xs"
    >
      <p role="status" className="min-w-0 flex-1">
        {second === undefined ? 'One trace picked: pick another one to compare it with.' : 'Two traces picked.'}
      </p>
      {second === undefined ? null : (
        <Button asChild variant="primary" size="sm">
          <Link to={compareTracesPath(orgId, first, second)}>
            <GitCompareArrows aria-hidden />
            Compare
          </Link>
        </Button>
      )}
      <IconButton label="Pick none" size="icon-sm" onClick={onClear}>
        <X aria-hidden />
      </IconButton>
    </section>
  );
}
