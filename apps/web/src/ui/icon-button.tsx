import type { ComponentProps, ReactNode } from 'react';
import { Button } from './button.tsx';
import { Tooltip } from './tooltip.tsx';

/** A button that shows only an icon; its label is its name and its tooltip. */
export function IconButton({
  label,
  shortcut,
  side,
  variant = 'ghost',
  size = 'icon',
  ...props
}: Omit<ComponentProps<typeof Button>, 'aria-label' | 'asChild'> & {
  readonly label: string;
  readonly shortcut?: string;
  readonly side?: ComponentProps<typeof Tooltip>['side'];
}): ReactNode {
  return (
    <Tooltip
      {...(side === undefined ? {} : { side })}
      text={
        shortcut === undefined ? (
          label
        ) : (
          <>
            {label} <kbd className="ml-1 font-mono text-subtle">{shortcut}</kbd>
          </>
        )
      }
    >
      <Button variant={variant} size={size} aria-label={label} {...props} />
    </Tooltip>
  );
}
