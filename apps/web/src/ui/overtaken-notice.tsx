import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** Says that somebody else has saved meanwhile and what they changed, and lets one choose. */
export function OvertakenNotice({
  title,
  lost,
  changes,
  onTake,
  onKeep,
  children,
}: {
  /** `Somebody changed the rules meanwhile` */
  readonly title: string;
  /** `yours were not saved` */
  readonly lost: string;
  readonly changes: readonly string[];
  readonly onTake: () => void;
  readonly onKeep: () => void;
  /** Other ways to go on, before these. */
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <Notice kind="error">
      <p>
        <strong className="font-semibold">{title}</strong>, so {lost}.
        {changes.length === 0 ? null : ` What they changed: ${changes.join(', ')}.`}
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        {children}
        <Button onClick={onTake}>Load theirs</Button>
        <Button onClick={onKeep}>Keep editing mine</Button>
      </div>
    </Notice>
  );
}
