import { type LogView, TailedLog } from '@aegisguard/model';
import { z } from 'zod';
import type { StreamEvent } from './event-stream.ts';

/** What events of `GET /query/logs/tail` say (docs/guides/live-tail.md). */
export interface TailNews {
  readonly lines: readonly LogView[];
  /** Lines that the server left out, and those that nobody understands. */
  readonly missed: number;
  /** Why nothing more comes. */
  readonly end: TailEnd | undefined;
}

/** Why a stream has ended, by the server's own word. */
export type TailEnd = z.infer<typeof End>;

const End = z.object({ reason: z.string(), detail: z.string().default('') });
const Dropped = z.object({ count: z.int().min(0) });

function jsonOf(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

/** Reads events; names that are not known yet say nothing. */
export function readNews(events: readonly StreamEvent[]): TailNews {
  const lines: LogView[] = [];
  let missed = 0;
  let end: TailEnd | undefined;
  for (const { type, data } of events) {
    switch (type) {
      case 'message': {
        const log = TailedLog.safeParse(jsonOf(data));
        if (log.success) {
          const { labels: _, ...line } = log.data;
          lines.push(line);
        } else {
          missed += 1;
        }
        break;
      }
      case 'dropped':
        missed += Dropped.safeParse(jsonOf(data)).data?.count ?? 0;
        break;
      case 'end':
        end = End.safeParse(jsonOf(data)).data ?? { reason: 'unknown', detail: '' };
        break;
      default:
        break;
    }
  }
  return { lines, missed, end };
}
