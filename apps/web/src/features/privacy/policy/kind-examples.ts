import { DETECTORS, type DetectorName } from '@aegisguard/model';

/** Written in pieces, and nobody's: what looks like a secret in a source file worries those who look for them there. */
const base64 = (text: string): string => btoa(text).replaceAll('=', '');

/** A value of each kind, on one line. */
export const KIND_EXAMPLES: Readonly<Record<DetectorName, string>> = {
  'private-key': `-----BEGIN ${'PRIVATE KEY'}-----${base64('an example, and the key to nothing at all')}-----END ${'PRIVATE KEY'}-----`,
  authorization: `Authorization: Bearer ${base64('the token of nobody')}`,
  'url-password': `postgres://shop:${'open-sesame'}@db.example.com/orders`,
  jwt: [
    base64('{"alg":"HS256","typ":"JWT"}'),
    base64('{"sub":"ada","admin":true}'),
    base64('signed by nobody at all, ever!!!'),
  ].join('.'),
  'api-key': ['AKIA', 'Q4ZLM7RT2WXY5BNP'].join(''),
  secret: `password=${'correct-horse-battery'}`,
  email: 'ada.lovelace@example.com',
  iban: 'DE89 3704 0044 0532 0130 00',
  card: '4242 4242 4242 4242',
  ssn: '536-22-8741',
  phone: '+44 20 7946 0958',
  ip: '198.51.100.77',
};

/** All of them as one text, so that one question shows what becomes of each. */
export const EXAMPLES_TEXT = DETECTORS.map((kind) => KIND_EXAMPLES[kind]).join('\n');

/** What became of each in the answer; undefined where lines were lost on the way. */
export function exampleOutcomes(text: string): ReadonlyMap<DetectorName, string> | undefined {
  const lines = text.split('\n');
  return lines.length === DETECTORS.length
    ? new Map(DETECTORS.map((kind, index) => [kind, lines[index] ?? '']))
    : undefined;
}
