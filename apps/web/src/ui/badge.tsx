import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

const styles = cva(
  'inline-flex h-5 max-w-full shrink-0 items-center gap-1 whitespace-nowrap rounded border px-1.5 font-medium text-2xs [&_svg]:size-3 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        neutral: 'border-line-strong bg-canvas text-muted',
        accent: 'border-transparent bg-selected text-accent',
        ok: 'border-transparent bg-ok-surface text-ok',
        warn: 'border-transparent bg-warn-surface text-warn',
        danger: 'border-transparent bg-danger-surface text-danger',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
);

/** How good or bad something is. */
export type Tone = NonNullable<VariantProps<typeof styles>['tone']>;

/** A state in a word or two; the word says it, the colour only repeats it. */
export function Badge({ tone, className, ...props }: ComponentProps<'span'> & { readonly tone?: Tone }): ReactNode {
  return <span className={classNames(styles({ tone }), className)} {...props} />;
}
