import { Check, Copy } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';
import { useCopied } from './use-copied.ts';

/** Copies a text, and shows that it did. */
export function CopyButton({
  label,
  text,
  ...props
}: Omit<ComponentProps<typeof IconButton>, 'onClick'> & { readonly text: () => string }): ReactNode {
  const { copied, copy } = useCopied();
  return (
    <IconButton label={copied ? 'Copied' : label} onClick={() => copy(text())} {...props}>
      {copied ? <Check aria-hidden className="text-accent" /> : <Copy aria-hidden />}
    </IconButton>
  );
}
