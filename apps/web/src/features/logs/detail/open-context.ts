import { createContext } from 'react';
import type { RowRef } from '../view/logs-view.ts';

/** Shows what surrounds a log; undefined where a log's place has no such way. */
export const OpenContext = createContext<((row: RowRef) => void) | undefined>(undefined);
