import { type ReactNode, useId } from 'react';

/** A list of things to write, with its name and what is wrong with it as a whole. */
export function ListHead({
  label,
  hint,
  problem,
  children,
}: {
  readonly label: string;
  readonly hint: string | undefined;
  readonly problem: string | undefined;
  readonly children: ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <fieldset aria-labelledby={id} className="flex min-w-0 flex-col gap-1.5">
      <span id={id} className="font-medium text-xs">
        {label}
      </span>
      {children}
      {problem === undefined && hint === undefined ? null : (
        <p className={problem === undefined ? 'text-subtle text-xs' : 'text-danger text-xs'}>{problem ?? hint}</p>
      )}
    </fieldset>
  );
}
