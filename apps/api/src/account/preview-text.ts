import type { PrivacyPreviewAnswer } from '@aegisguard/model';
import type { Scrubber } from '@aegisguard/pipeline';

type Finding = PrivacyPreviewAnswer['findings'][number];

/** The members of a record that hold names of the sender's own. */
const OUTER_NAME = /^(?:attributes|resource|labels|details|data)\./i;

/** What a policy makes of one text, and where. */
export function previewText(scrubber: Scrubber, text: string, place: string): PrivacyPreviewAnswer {
  const field = { name: place.replace(OUTER_NAME, '').toLowerCase(), place };
  const findings: Finding[] = [];
  const scrubbed = scrubber.scrubText(text, field, (detector, strategy, start, end) => {
    findings.push({ detector, strategy, start, end });
  });
  return { text: scrubbed, findings };
}
