import { DETECTORS, type DetectorName, type PrivacyPolicy } from '@aegisguard/model';

/** Kinds that belong together on the page. */
export type KindGroup = 'secrets' | 'persons' | 'addresses';

interface KindWords {
  readonly group: KindGroup;
  readonly name: string;
  /** What it is, in one sentence. */
  readonly what: string;
}

const WORDS: Readonly<Record<DetectorName, KindWords>> = {
  'private-key': { group: 'secrets', name: 'Private keys', what: 'Blocks that begin with BEGIN PRIVATE KEY.' },
  authorization: {
    group: 'secrets',
    name: 'Authorization headers',
    what: 'What proves who is calling: Bearer tokens and Basic passwords.',
  },
  'url-password': {
    group: 'secrets',
    name: 'Passwords in URLs',
    what: 'What stands between the user and the @ of a URL.',
  },
  jwt: { group: 'secrets', name: 'JSON web tokens', what: 'Signed tokens of sessions and logins.' },
  'api-key': {
    group: 'secrets',
    name: 'API keys',
    what: 'Keys and tokens in the formats of well-known vendors: AWS, GitHub, Slack, Stripe and others.',
  },
  secret: {
    group: 'secrets',
    name: 'Secret fields',
    what: 'Values of fields whose name says that they are secret: password, token and the like.',
  },
  email: { group: 'persons', name: 'E-mail addresses', what: 'Addresses of mailboxes, also inside URLs.' },
  iban: {
    group: 'persons',
    name: 'Bank accounts',
    what: 'International account numbers (IBAN) with valid check digits.',
  },
  card: {
    group: 'persons',
    name: 'Payment cards',
    what: 'Card numbers of 13 to 19 digits with a known issuer and a valid check digit.',
  },
  ssn: { group: 'persons', name: 'Social security numbers', what: 'Numbers that the United States give to persons.' },
  phone: {
    group: 'persons',
    name: 'Phone numbers',
    what: 'With a country code, or as they are written in the countries of the policy.',
  },
  ip: {
    group: 'addresses',
    name: 'IP addresses',
    what: 'IPv4 and IPv6 addresses; truncated, they say the network only.',
  },
};

const CUSTOM = 'custom:';

function known(kind: string): KindWords | undefined {
  const name = DETECTORS.find((detector) => detector === kind);
  return name === undefined ? undefined : WORDS[name];
}

/** What a kind is called: one of the built-in ones, or a rule of the organization's own. */
export function kindName(kind: string): string {
  return known(kind)?.name ?? (kind.startsWith(CUSTOM) ? kind.slice(CUSTOM.length) : kind);
}

/** What a kind is. */
export function kindWhat(kind: string): string {
  return known(kind)?.what ?? 'A rule of your own.';
}

/** The built-in kinds of a group, in their order. */
export function kindsOf(group: KindGroup): readonly DetectorName[] {
  return DETECTORS.filter((kind) => WORDS[kind].group === group);
}

/** What a policy looks for, and what it does not; in words. */
export function lookedFor({ detectors, customRules }: PrivacyPolicy): {
  readonly on: readonly string[];
  readonly off: readonly string[];
} {
  const isOff = (kind: DetectorName) => detectors[kind] === 'keep';
  return {
    on: [...DETECTORS.filter((kind) => !isOff(kind)).map(kindName), ...customRules.map(({ name }) => name)],
    off: DETECTORS.filter(isOff).map(kindName),
  };
}
