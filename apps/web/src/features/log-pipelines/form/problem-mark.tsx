import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useProblemCount } from './form-context.ts';

/** Says that something inside of what is closed is wrong. */
export function ProblemMark({ path }: { readonly path: string }): ReactNode {
  const count = useProblemCount(path);
  if (count === 0) {
    return null;
  }
  const words = count === 1 ? '1 problem' : `${count} problems`;
  return (
    <span role="img" aria-label={words} title={words} className="shrink-0 text-danger">
      <CircleAlert aria-hidden className="size-4" />
    </span>
  );
}
