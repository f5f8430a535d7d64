import { DEFAULT_PRIVACY_POLICY, type JsonValue, type PrivacyPolicy } from '@aegisguard/model';
import { ScrubTally } from './scrub-tally.ts';
import { ScrubWalk } from './scrub-walk.ts';
import { createScrubber } from './scrubber.ts';

/** Secrets only: people's data are kept, for numbers and addresses of our own would be taken for them. */
const SECRETS_ONLY: PrivacyPolicy = {
  ...DEFAULT_PRIVACY_POLICY,
  detectors: {
    ...DEFAULT_PRIVACY_POLICY.detectors,
    email: 'keep',
    iban: 'keep',
    card: 'keep',
    ssn: 'keep',
    phone: 'keep',
    ip: 'keep',
  },
  // `input` is what errors of parsers call the text that they were given.
  secretFields: ['input', 'pass', 'secretHash', 'tokenHash'],
  // How PostgreSQL's errors quote what was to be stored.
  customRules: [
    { name: 'row', pattern: '(?s)Failing row contains \\((.*)\\)', strategy: 'redact' },
    { name: 'key', pattern: '(?s)Key \\([^()]*\\)=\\((.*)\\)', strategy: 'redact' },
  ],
};
/** Nothing is hashed. */
const NO_KEY = new Uint8Array(32);

/** Makes a function that gives a JSON value back without the secrets in it: as organizations' telemetry is scrubbed, so may our own be. */
export function createSecretRedactor(): (value: JsonValue) => JsonValue {
  const scrubber = createScrubber(SECRETS_ONLY, NO_KEY);
  return (value) => {
    const walk = new ScrubWalk({ scrubber, tally: new ScrubTally() });
    return walk.value(walk.places.tops.none, value);
  };
}
