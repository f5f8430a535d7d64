import { LOG_LEVELS, type LogLevel } from '@aegisguard/model';
import type { LogStage } from '../stage.ts';
import { severityNumberOf } from './severity-names.ts';

const NUMBERS_PER_LEVEL = 4;
/** What a log is that does not say, or says something that nobody knows (contract §6, "Records"). */
const UNKNOWN_LEVEL: LogLevel = 'info';

function levelOf(severityNumber: number): LogLevel {
  return LOG_LEVELS[Math.ceil(severityNumber / NUMBERS_PER_LEVEL) - 1] ?? UNKNOWN_LEVEL;
}

/**
 * Settles `level` and `severityNumber`: a severity number that was sent decides, else the text does. The text stays as it was sent; a text that nobody knows leaves
 * the number 0 and the level `info`.
 */
export const levels: LogStage = {
  name: 'levels',
  apply(record) {
    if (record.severityNumber === 0 && record.severityText !== '') {
      record.severityNumber = severityNumberOf(record.severityText);
    }
    record.level = levelOf(record.severityNumber);
  },
};
