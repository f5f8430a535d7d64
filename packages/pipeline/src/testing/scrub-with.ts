import { DETECTORS, type DetectorName, PrivacyPolicy } from '@aegisguard/model';
import { createScrubber } from '../scrub/scrubber.ts';

/** Scrubs texts as a policy of a few settings says: what it makes of a text, and what it was told of. */
export function scrubWith(settings: unknown, hashKey: Uint8Array = new Uint8Array(32)) {
  const scrubber = createScrubber(PrivacyPolicy.parse(settings), hashKey);
  return (text: string, place = 'message'): { readonly text: string; readonly found: readonly string[] } => {
    const found: string[] = [];
    const field = { name: place.slice(place.indexOf('.') + 1).toLowerCase(), place };
    return { text: scrubber.scrubText(text, field, (detector) => found.push(detector)), found };
  };
}

/** Settings under which one detector alone redacts. */
export function only(name: DetectorName): unknown {
  return { detectors: Object.fromEntries(DETECTORS.map((each) => [each, each === name ? 'redact' : 'keep'])) };
}
