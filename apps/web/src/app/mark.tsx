import type { ReactNode } from 'react';

/** The product's mark. */
export function Mark({ className }: { readonly className?: string }): ReactNode {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <path
        d="M16 2.500 27 6v9.200c0 6.700-4.400 11.800-11 14.300C9.400 27 5 21.900 5 15.200V6z"
        className="fill-accent"
      />
      <path
        d="M10.500 20.500V16m5.500 4.500V11m5.500 9.500v-6.500"
        strokeWidth="2.600"
        strokeLinecap="round"
        className="fill-none stroke-on-accent"
      />
    </svg>
  );
}
