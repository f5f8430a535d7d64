import type { FoundLog } from '@aegisguard/logql';
import type { TailedLog } from '@aegisguard/model';
import type { CaughtLine } from '@aegisguard/tail';
import { foundLogView } from './found-log-view.ts';

/** A log as tails send it, whether it was just made or stored before. */
export function tailedLine(found: FoundLog): CaughtLine {
  const { index, timestamp } = found.log.position;
  const log: TailedLog = { ...foundLogView(found), labels: found.labels };
  return { timestamp: String(timestamp), index, json: JSON.stringify(log) };
}
