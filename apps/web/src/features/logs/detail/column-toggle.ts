import { createContext } from 'react';

/** Shows labels as columns of the list, or hides them. */
export interface ColumnToggle {
  readonly isShown: (label: string) => boolean;
  readonly toggle: (label: string) => void;
}

/** The list beside a log; there is none where a log is shown alone. */
export const ColumnToggleContext = createContext<ColumnToggle | undefined>(undefined);
