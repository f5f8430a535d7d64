// https://learn.microsoft.com/entra/identity-platform/ (clients' secrets), https://learn.microsoft.com/azure/devops/ (access tokens)
import type { Detector } from '../../detector.ts';
import { TextFeature } from '../../text-features.ts';
import { isAlphanumeric } from './char-classes.ts';

interface Mark {
  readonly literal: string;
  /** How many characters of the key are before it. */
  readonly before: number;
  /** How far behind the mark's beginning the key is over at the latest; 0 when its end says nothing. */
  readonly length: number;
  /** Sticky, bounded. */
  readonly pattern: RegExp;
}

/** Azure's keys begin at random and have a mark inside. */
const MARKS: readonly Mark[] = [
  { literal: 'Q~', before: 4, length: 0, pattern: /[\w~.]{3}\dQ~[\w~.-]{31,34}/y },
  { literal: 'AZDO', before: 76, length: 8, pattern: /[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])/y },
];

/** Keys that only a mark in their middle tells apart. */
export const markedKeyDetector: Detector = {
  name: 'api-key',
  needs: TextFeature.longRun,
  find(text, _field, report) {
    const found: (readonly [number, number])[] = [];
    for (const { literal, before, length, pattern } of MARKS) {
      for (let at = text.indexOf(literal); at !== -1; ) {
        pattern.lastIndex = Math.max(0, at - before);
        const isOver = length === 0 || !isAlphanumeric(text.charCodeAt(at + length));
        const isKey = at >= before && isOver && pattern.test(text);
        if (isKey) {
          found.push([at - before, pattern.lastIndex]);
        }
        at = text.indexOf(literal, isKey ? pattern.lastIndex : at + literal.length);
      }
    }
    let done = 0;
    for (const [start, end] of found.sort(([a], [b]) => a - b)) {
      if (start >= done) {
        report(start, end);
        done = end;
      }
    }
  },
};
