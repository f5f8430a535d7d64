import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../../ui/icon-button.tsx';

/** What is said of something on the map, beside it; on narrow screens below it. */
export function MapPanel({
  kind,
  title,
  onClose,
  children,
}: {
  readonly kind: string;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <aside
      aria-label={`About ${title}`}
      className="scrollbar-slim flex max-h-1/2 w-full shrink-0 flex-col gap-3 overflow-y-auto border-line border-t bg-surface p-3 lg:max-h-none lg:w-80 lg:border-t-0 lg:border-l"
    >
      <header className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <p className="text-subtle text-xs">{kind}</p>
          <h2 className="break-words font-semibold text-base">{title}</h2>
        </div>
        <IconButton label="Close" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </header>
      {children}
    </aside>
  );
}

/** Figures with their names, in a grid. */
export function PanelFigures({
  figures,
}: {
  readonly figures: readonly (readonly [label: string, words: string])[];
}): ReactNode {
  return (
    <dl className="grid grid-cols-3 gap-2 text-xs">
      {figures.map(([label, words]) => (
        <div key={label}>
          <dt className="text-subtle">{label}</dt>
          <dd className="font-medium text-sm tabular-nums">{words}</dd>
        </div>
      ))}
    </dl>
  );
}
