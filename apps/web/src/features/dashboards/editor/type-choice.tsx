import { type DashboardPanel, PANEL_TYPES } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import { PANEL_TYPE_WORDS } from './panel-type-words.ts';

/** How a panel shows what its queries answer. */
export function TypeChoice({
  value,
  onChange,
}: {
  readonly value: DashboardPanel['type'];
  readonly onChange: (type: DashboardPanel['type']) => void;
}): ReactNode {
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-xs">Shown as</legend>
      <div className="grid grid-cols-3 gap-1.5">
        {PANEL_TYPES.filter((type) => type !== 'row').map((type) => {
          const { name, icon: Icon } = PANEL_TYPE_WORDS[type];
          return (
            <button
              key={type}
              type="button"
              aria-pressed={value === type}
              className={classNames(
                'flex flex-col items-center gap-1 rounded-md border border-line px-1 py-2 text-muted text-xs hover:bg-hover',
                value === type && 'border-accent bg-selected text-text',
              )}
              onClick={() => onChange(type)}
            >
              <Icon aria-hidden className="size-4" />
              {name}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
