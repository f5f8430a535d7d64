import type { PrivacyPreviewAnswer } from '@aegisguard/model';
import type { Scrubber } from '@aegisguard/pipeline';

type Finding = PrivacyPreviewAnswer['findings'][number];

/** Members of a record that hold names of the sender's own: `attributes.user.email` is the field `user.email`. */
const OUTER_NAME = /^(?:attributes|resource|labels|details|data)\./i;

/** What a policy makes of one text, and where. Below a name that says so, the whole text is a secret. */
export function previewText(scrubber: Scrubber, text: string, place: string): PrivacyPreviewAnswer {
  const field = { name: place.replace(OUTER_NAME, '').toLowerCase(), place };
  const secret = scrubber.secretStrategyOf(field);
  if (secret !== undefined && secret !== 'keep') {
    const finding = { detector: 'secret', strategy: secret, start: 0, end: text.length };
    return { text: scrubber.replace('secret', secret, text), findings: [finding] };
  }
  const findings: Finding[] = [];
  const scrubbed = scrubber.scrubText(text, field, (detector, strategy, start, end) => {
    findings.push({ detector, strategy, start, end });
  });
  return { text: scrubbed, findings };
}
