import type { Random } from '@aegisguard/testkit';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const ALPHANUMERIC = `${LETTERS}${LETTERS.toUpperCase()}0123456789`;

/** So many characters of an alphabet. */
export function run(random: Random, length: number, alphabet = ALPHANUMERIC): string {
  let text = '';
  for (let index = 0; index < length; index += 1) text += alphabet[random.below(alphabet.length)];
  return text;
}

export function digits(random: Random, length: number): string {
  return run(random, length, '0123456789');
}

function between(random: Random, from: number, to: number): number {
  return from + random.below(to - from + 1);
}

const NAMES = ['ada', 'grace', 'linus', 'margaret', 'ken', 'barbara', 'edsger', 'radia', 'tim', 'sophie'] as const;
const FAMILY_NAMES = ['moreno', 'hofmann', 'okafor', 'nguyen', 'svensson', 'petrova', 'oconnor', 'rossi'] as const;
const DOMAINS = [
  'example.com',
  'mail.example.org',
  'eu.corp.example.net',
  'example.co.uk',
  'kundendienst.example.de',
  'bücher.example',
  'xn--bcher-kva.example',
  'a-b.example.io',
] as const;

/** Plain, dotted, with a plus, with digits, on sub-domains and international ones. */
export function email(random: Random): string {
  const name = random.pick(NAMES);
  const local = random.pick([
    name,
    `${name}.${random.pick(FAMILY_NAMES)}`,
    `${name}+${run(random, 4, LETTERS)}`,
    `${name}_${digits(random, 3)}`,
    `${name[0]}${random.pick(FAMILY_NAMES)}`,
    `${name}.${random.pick(FAMILY_NAMES)}-${digits(random, 2)}`,
  ]);
  return `${local}@${random.pick(DOMAINS)}`;
}

/** By the area rules: not 000, 666, 900 and above; no group 00, no serial 0000. */
export function ssn(random: Random, separator: string): string {
  const area = between(random, 1, 665);
  const parts = [area, between(random, 1, 99), between(random, 1, 9999)];
  return parts.map((part, index) => String(part).padStart([3, 2, 4][index] ?? 0, '0')).join(separator);
}

interface Issuer {
  readonly prefix: string;
  readonly length: number;
}

const ISSUERS: readonly [Issuer, ...Issuer[]] = [
  { prefix: '4', length: 16 },
  { prefix: '51', length: 16 },
  { prefix: '55', length: 16 },
  { prefix: '2221', length: 16 },
  { prefix: '34', length: 15 },
  { prefix: '37', length: 15 },
  { prefix: '6011', length: 16 },
  { prefix: '36', length: 14 },
  { prefix: '3530', length: 16 },
];

/** Of an issuer's range, with Luhn's check digit, in groups of four or (American Express) 4-6-5. */
export function card(random: Random): string {
  const { prefix, length } = random.pick(ISSUERS);
  const body = prefix + digits(random, length - prefix.length - 1);
  const number = body + luhnDigit(body);
  const separator = random.pick(['', '', ' ', '-']);
  const groups = length === 16 ? [4, 8, 12] : [4, 10];
  return groups.reduceRight((text, at) => text.slice(0, at) + separator + text.slice(at), number);
}

function luhnDigit(body: string): number {
  let sum = 0;
  for (let index = 0; index < body.length; index += 1) {
    const digit = Number(body[body.length - 1 - index]) * (index % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return (10 - (sum % 10)) % 10;
}

/** Country and the shape of its account number: `n` digits, `a` capital letters. */
type IbanShape = readonly [country: string, shape: string];

const IBAN_SHAPES: readonly [IbanShape, ...IbanShape[]] = [
  ['DE', 'n18'],
  ['GB', 'a4n14'],
  ['NL', 'a4n10'],
  ['CH', 'n17'],
  ['AT', 'n16'],
  ['DK', 'n14'],
  ['IE', 'a4n14'],
  ['LT', 'n16'],
  ['RO', 'a4n16'],
  ['FR', 'n21'],
  ['BE', 'n10'],
];

/** With check digits after ISO 7064 and, where the country has them, its own; in one run or in groups of four. */
export function iban(random: Random): string {
  const [country, shape] = random.pick(IBAN_SHAPES);
  const body = [...shape.matchAll(/([an])(\d+)/g)]
    .map(([, type, length]) => run(random, Number(length), type === 'n' ? '0123456789' : LETTERS.toUpperCase()))
    .join('');
  const account = body + nationalCheck(country, body);
  const letters = [...`${account}${country}00`].map((letter) => Number.parseInt(letter, 36)).join('');
  const text = `${country}${twoDigits(98n - (BigInt(letters) % 97n))}${account}`;
  return random.below(2) === 0 ? text : text.replace(/(.{4})(?=.)/g, '$1 ');
}

// Belgium: the remainder by 97, and 97 for 0. France: the clé RIB over bank, branch and account.
function nationalCheck(country: string, body: string): string {
  if (country === 'BE') return twoDigits(BigInt(body) % 97n || 97n);
  if (country !== 'FR') return '';
  const [bank, branch, number] = [body.slice(0, 5), body.slice(5, 10), body.slice(10)].map(BigInt);
  return twoDigits(97n - ((89n * (bank ?? 0n) + 15n * (branch ?? 0n) + 3n * (number ?? 0n)) % 97n));
}

function twoDigits(value: bigint): string {
  return String(value).padStart(2, '0');
}

/** Addresses of the public internet. */
export function ip(random: Random): string {
  if (random.below(3) === 0) {
    return `2a0${random.below(8)}:${random.hex(4)}:${random.hex(3)}::${random.hex(4)}`;
  }
  return [between(random, 11, 99), between(random, 0, 255), between(random, 0, 255), between(random, 1, 254)].join('.');
}

/** Header, payload and signature in base64url. */
export function jwt(random: Random): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = { sub: digits(random, 10), iat: 1_700_000_000 + random.below(10_000_000), jti: random.hex(8) };
  return `${part({ alg: random.pick(['HS256', 'RS256', 'ES256']), typ: 'JWT' })}.${part(payload)}.${run(random, 43)}`;
}

/** Tokens in the published formats of their vendors; random, so nobody's. */
export function apiKey(random: Random): string {
  const upper = `${LETTERS.toUpperCase()}234567`;
  const formats: readonly [() => string, ...(() => string)[]] = [
    () => `AK${'IA'}${run(random, 16, upper)}`,
    () => `gh${'p_'}${run(random, 36)}`,
    () => `github_${'pat_'}${run(random, 22)}_${run(random, 59)}`,
    () => `gl${'pat-'}${run(random, 20)}`,
    () => `xo${'xb-'}${digits(random, 12)}-${digits(random, 12)}-${run(random, 24)}`,
    () => `sk_${'live_'}${run(random, 24)}`,
    () => `S${'G.'}${run(random, 22)}.${run(random, 43)}`,
    () => `np${'m_'}${run(random, 36)}`,
    () => `sk-${'ant-api03-'}${run(random, 93)}AA`,
    () => `sk-${'proj-'}${run(random, 48)}`,
    () => `AI${'za'}${run(random, 35)}`,
    () => `SK${random.hex(32)}`,
  ];
  return random.pick(formats)();
}

/** What people choose for passwords. */
export function password(random: Random): string {
  return random.pick([
    () => run(random, 12),
    () => `${run(random, 6, LETTERS)}${digits(random, 3)}!`,
    () => `${run(random, 5, LETTERS)}-${run(random, 5, LETTERS)}-${digits(random, 2)}`,
    () => run(random, 24),
  ])();
}

/** A block of PEM with random contents. */
export function privateKey(random: Random): string {
  const name = random.pick(['RSA PRIVATE', 'EC PRIVATE', 'PRIVATE', 'OPENSSH PRIVATE', 'ENCRYPTED PRIVATE']);
  const lines = Array.from({ length: 4 }, () => run(random, 64));
  return [`-----BEGIN ${name} KEY-----`, ...lines, `-----END ${name} KEY-----`].join('\n');
}
