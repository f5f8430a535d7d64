import type { LogPatternsAnswer } from '@aegisguard/model';
import { formatCount, formatLogCount } from '../../../lib/number-format.ts';
import { growthOf, type Pattern } from './pattern-order.ts';

/** What a wildcard stands for, in a word or two. */
const TYPE_WORDS: Readonly<Record<string, string>> = {
  number: 'number',
  duration: 'duration',
  bytes: 'size',
  ip: 'IP address',
  uuid: 'UUID',
  hex: 'hex',
  time: 'time',
  email: 'e-mail',
  url: 'URL',
  path: 'path',
  agent: 'user agent',
  any: 'text',
};

/** The name of a wildcard's type. */
export function wildcardWord(type: string): string {
  return TYPE_WORDS[type] ?? type;
}

/** How many lines were looked at, and of how many. */
export function sampleSentence({ sampled, total }: Pick<LogPatternsAnswer, 'sampled' | 'total'>): string {
  if (total === null) {
    return `The newest ${formatLogCount(sampled)} that match were looked at`;
  }
  return total <= sampled
    ? `All ${formatLogCount(sampled)} were looked at`
    : `${formatCount(sampled)} of about ${formatLogCount(total)} were looked at`;
}

/** How many patterns there are, and what belongs to none of them. */
export function patternsSentence({ patterns, others }: Pick<LogPatternsAnswer, 'patterns' | 'others'>): string {
  const found = `${formatCount(patterns.length)} ${patterns.length === 1 ? 'pattern' : 'patterns'}`;
  return others === 0 ? found : `${found}; ${formatCount(others)} ${others === 1 ? 'line has' : 'lines have'} none`;
}

/** `31%`, with a digit more where it would be nothing. */
export function shareWords(share: number): string {
  if (share > 0 && share < 0.001) {
    return '<0.1%';
  }
  const percent = share * 100;
  return `${percent >= 10 || percent === 0 ? Math.round(percent) : percent.toFixed(1)}%`;
}

/** The pattern as one text, for those who do not see its chips: `request <number> took <duration>`. */
export function patternText({ parts }: Pick<Pattern, 'parts'>): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : `<${wildcardWord(part.type)}>`)).join('');
}

/** How a pattern went over the time. */
export function trendWords(pattern: Pattern): string {
  const growth = growthOf(pattern);
  return growth > 0.5 ? 'growing' : growth < -0.5 ? 'shrinking' : 'steady';
}

/** The parts of a pattern with the place of each: there is no other name for a wildcard. */
export function placedParts({
  parts,
}: Pick<Pattern, 'parts'>): readonly { place: number; part: Pattern['parts'][number] }[] {
  return parts.map((part, place) => ({ place, part }));
}
