import { Columns3 } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '../../../ui/popover.tsx';
import type { ColumnsPanelProps } from './columns-panel.tsx';

const ColumnsPanel = lazy(async () => ({ default: (await import('./columns-panel.tsx')).ColumnsPanel }));

/** Opens the choice of columns. */
export function ColumnsMenu(props: ColumnsPanelProps): ReactNode {
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="sm" title="Chooses columns">
          <Columns3 aria-hidden />
          <span className="@max-3xl/bar:sr-only">Columns</span>
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label="Columns" className="w-[min(20rem,calc(100vw-16px))]">
        <Suspense fallback={<div className="h-64" />}>
          <ColumnsPanel {...props} />
        </Suspense>
      </PopoverContent>
    </Popover>
  );
}
