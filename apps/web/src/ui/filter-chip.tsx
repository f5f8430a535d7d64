import { X } from 'lucide-react';
import type { ReactNode } from 'react';

/** A filter that is on; a click takes it off. */
export function FilterChip({
  label,
  value,
  onRemove,
}: {
  readonly label: string;
  readonly value: string;
  readonly onRemove: () => void;
}): ReactNode {
  return (
    <button
      type="button"
      title={`Remove the filter: ${label} ${value}`}
      className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-md bg-selected px-2 text-text text-xs hover:bg-hover"
      onClick={onRemove}
    >
      <span className="text-muted">{label}</span>
      <span className="truncate font-medium">{value}</span>
      <X aria-hidden className="size-3 shrink-0 text-subtle" />
    </button>
  );
}
