import { DEFAULT_PRIVACY_POLICY } from '@aegisguard/model';
import type { Field } from '../scrub/detector.ts';
import type { OnScrubbed, Scrubber } from '../scrub/scrubber.ts';

const SECRET = /SECRET\d*/g;
const CARD = /(?<!\d)4[0-9]{12,18}(?!\d)/g;
const NAMES = new Set(['password', 'authorization', 'api.token']);

/**
 * A scrubber of few rules, that a walk is tested with: `SECRET` and digits behind it are keys, 13 to 19 digits that begin with a 4 are cards, numbers named `ssn` and nine digits long are what they say,
 * three names are secret. `texts` are those that it was asked about.
 */
export class TestScrubber implements Scrubber {
  readonly policy = DEFAULT_PRIVACY_POLICY;
  readonly texts: string[] = [];
  private readonly strategy: string;

  constructor(strategy = 'redact') {
    this.strategy = strategy;
  }

  scrubText(text: string, field: Field, onScrubbed: OnScrubbed): string {
    this.texts.push(text);
    const replace = (detector: string) => (found: string, start: number) => {
      onScrubbed(detector, this.strategy, start, start + found.length);
      return this.replace(detector, this.strategy, found);
    };
    const scrubbed = text.replace(SECRET, replace('api-key')).replace(CARD, replace('card'));
    return field.name === 'ssn' ? scrubbed.replace(/^\d{9}$/, replace('ssn')) : scrubbed;
  }

  secretStrategyOf({ name }: Field): string | undefined {
    return NAMES.has(name.toLowerCase()) ? this.strategy : undefined;
  }

  replace(detector: string, strategy: string, found: string): string {
    switch (strategy) {
      case 'hash':
        return `[HASH:${detector}:${found.length}${found.at(-1)}]`;
      case 'drop':
        return '';
      default:
        return `[REDACTED:${detector}]`;
    }
  }
}
