import type { FoundLog } from '@aegisguard/logql';
import type { LogView } from '@aegisguard/model';
import { logView } from './log-view.ts';

/** A log of a query's answer, with what the pipeline made of it. */
export function foundLogView({ log, line, categories }: FoundLog): LogView {
  return {
    ...logView(log),
    ...(line === log.message ? {} : { line }),
    ...(Object.keys(categories.parsed).length === 0 ? {} : { parsed: categories.parsed }),
  };
}
