import { LOG_LEVELS, type LogLevel } from '@aegisguard/model';
import type { LogStage } from '../stage.ts';
import { levelOfAttributes } from './levels/level-of-attributes.ts';
import { levelOfLine } from './levels/level-of-line.ts';
import { severityNumberOf } from './severity-names.ts';

const NUMBERS_PER_LEVEL = 4;
/** What a log is that does not say, or says something that nobody knows (contract §6, "Records"). */
const UNKNOWN_LEVEL: LogLevel = 'info';

/** The stored level of a severity number. */
export function levelOf(severityNumber: number): LogLevel {
  return LOG_LEVELS[Math.ceil(severityNumber / NUMBERS_PER_LEVEL) - 1] ?? UNKNOWN_LEVEL;
}

/**
 * Settles `level` and `severityNumber`: a severity number that was sent decides, else the text does, else an attribute, sent or lifted, else what stands at the beginning of the message. The text stays as it was sent, and is filled
 * from the attribute when there was none. What nobody knows leaves the number 0 and the level `info`; so do access logs, whatever their status is.
 */
export const levels: LogStage = {
  name: 'levels',
  apply(record) {
    if (record.severityNumber === 0 && record.severityText !== '') {
      record.severityNumber = severityNumberOf(record.severityText);
    }
    if (record.severityNumber === 0) {
      const found = levelOfAttributes(record.attributes);
      record.severityNumber = found?.severityNumber ?? levelOfLine(record.message);
      record.severityText ||= found?.text ?? '';
    }
    record.level = levelOf(record.severityNumber);
  },
};
