import type { PrivacyPolicy } from '@aegisguard/model';
import type { Field } from './detector.ts';

/** Told of every replacement: a `DetectorName` or `custom:<rule>`, the strategy, and where in the original text. */
export type OnScrubbed = (detector: string, strategy: string, start: number, end: number) => void;

/** One organization's policy over texts. */
export interface Scrubber {
  readonly policy: PrivacyPolicy;
  /** The text with everything replaced that the policy wants replaced; the same string when there is nothing. */
  scrubText(text: string, field: Field, onScrubbed: OnScrubbed): string;
  /** The strategy for everything below a field of this name (`password`, `authorization`): undefined when the name says nothing. */
  secretStrategyOf(field: Field): string | undefined;
  /** What a finding becomes under a strategy. */
  replace(detector: string, strategy: string, found: string): string;
}

/** `hashKey` is the organization's own; 32 bytes. */
export function createScrubber(policy: PrivacyPolicy, _hashKey: Uint8Array): Scrubber {
  return {
    policy,
    scrubText: (text) => text,
    secretStrategyOf: () => undefined,
    replace: (_detector, _strategy, found) => found,
  };
}
