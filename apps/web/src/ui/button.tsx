import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

const styles = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent text-on-accent hover:bg-accent-hover focus-visible:outline-offset-2',
        danger: 'bg-danger text-on-danger hover:bg-danger-hover focus-visible:outline-offset-2',
        outline: 'border border-line-strong bg-surface text-text hover:bg-hover aria-expanded:bg-hover',
        ghost:
          'text-muted hover:bg-hover hover:text-text aria-expanded:bg-hover aria-pressed:bg-selected aria-pressed:text-text',
      },
      size: {
        sm: 'h-7 px-2 text-xs',
        md: 'h-8 px-2.5 text-sm',
        lg: 'h-9 px-4 text-sm',
        icon: 'size-8',
        'icon-sm': 'size-6 rounded [&_svg]:size-3.5',
      },
    },
    defaultVariants: { variant: 'outline', size: 'md' },
  },
);

/** A button, or with `asChild` its only child dressed as one. */
export function Button({
  variant,
  size,
  className,
  asChild = false,
  type = 'button',
  ...props
}: ComponentProps<'button'> & VariantProps<typeof styles> & { readonly asChild?: boolean }): ReactNode {
  const classes = classNames(styles({ variant, size }), className);
  return asChild ? <Slot.Root className={classes} {...props} /> : <button type={type} className={classes} {...props} />;
}
