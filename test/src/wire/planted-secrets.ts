import { Random } from '@aegisguard/testkit';

/** Something private that a story hides in telemetry. All of it is made up here; tokens are drawn from a fixed seed, so that nothing in this file looks like one. */
export interface PlantedSecret {
  /** The detector that should find it. */
  readonly detector: string;
  /** As it stands in a text. */
  readonly text: string;
  /** As it stands in a URL, already encoded; absent where it would not. */
  readonly url?: string;
  /** The name of a field that makes a secret of any value. */
  readonly field?: string;
  /** What must be found nowhere afterwards. */
  readonly needles: readonly string[];
}

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const DIGITS = '0123456789';

/** One secret of every kind, and several of those with several forms. */
export function plantedSecrets(): readonly PlantedSecret[] {
  const random = new Random(20_261_126);
  const draw = (length: number, from = ALPHANUMERIC) =>
    Array.from({ length }, () => from.charAt(random.below(from.length))).join('');
  return [...personal(), ...tokens(draw), ...named(draw)];
}

function personal(): PlantedSecret[] {
  const card = withLuhnDigit('453957876362148');
  const phone = ['20', '7946', '0958'];
  const ssn = ['536', '22', '8134'];
  return [
    plain('email', 'hyacinth.vandermolen+shop@mail.planted-example.com', ['hyacinth.vandermolen']),
    plain('card', card, [card]),
    {
      detector: 'card',
      text: card.replace(/(\d{4})(?=\d)/g, '$1 '),
      needles: [`${card.slice(4, 8)} ${card.slice(8, 12)}`],
    },
    { detector: 'ssn', text: `SSN ${ssn.join('-')}`, needles: [ssn.join('-')] },
    plain('phone', `+44${phone.join('')}`, [phone.join('')]),
    { detector: 'phone', text: `call +44 ${phone.join(' ')}`, needles: [phone.join(' ')] },
    plain('iban', 'DE89370400440532013000', ['370400440532013000']),
    { detector: 'iban', text: 'GB29 NWBK 6016 1331 9268 19', needles: ['6016 1331 9268'] },
    plain('ip', '81.2.69.163', ['81.2.69.163']),
    { detector: 'ip', text: '2a02:ed04:3581:1f::d001', needles: ['1f::d001'] },
  ];
}

type Draw = (length: number, from?: string) => string;

function tokens(draw: Draw): PlantedSecret[] {
  const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const jwt = [base64url({ alg: 'HS256', typ: 'JWT' }), base64url({ sub: draw(12), iat: 1 }), draw(43)];
  const lines = [draw(64), draw(64), draw(40)];
  const credential = draw(40);
  const user = draw(16);
  const password = draw(16);
  const apiKeys = [
    `AKIA${draw(16, UPPER)}`,
    `AIza${draw(35)}`,
    `ghp_${draw(36)}`,
    `glpat-${draw(20)}`,
    `xoxb-${draw(12, DIGITS)}-${draw(12, DIGITS)}-${draw(24)}`,
    `sk_live_${draw(24)}`,
    `SG.${draw(22)}.${draw(43)}`,
    `npm_${draw(36)}`,
  ];
  return [
    ...apiKeys.map((key) => plain('api-key', key, [key.slice(6)])),
    plain('jwt', jwt.join('.'), jwt.slice(1)),
    {
      detector: 'private-key',
      text: ['-----BEGIN ', 'RSA PRIVATE KEY-----\n', lines.join('\n'), '\n-----END ', 'RSA PRIVATE KEY-----'].join(''),
      needles: lines,
    },
    { detector: 'authorization', text: `Authorization: Bearer ${credential}`, needles: [credential] },
    { detector: 'url-password', text: `postgres://app:${password}@db.example:5432/shop`, needles: [password] },
    {
      detector: 'authorization',
      text: `authorization: Basic ${Buffer.from(`${user}:x`).toString('base64')}`,
      needles: [user, Buffer.from(`${user}:x`).toString('base64')],
    },
  ];
}

/** Values that look like nothing: only the name of their field says what they are. */
function named(draw: Draw): PlantedSecret[] {
  return ['password', 'user.password', 'client_secret', 'apiKey', 'access_token', 'X-Api-Key'].map((field) => {
    const value = `plum${draw(14)}`;
    return { detector: 'secret', text: value, field, needles: [value] };
  });
}

function plain(detector: string, text: string, needles: readonly string[]): PlantedSecret {
  return { detector, text, url: encodeURIComponent(text), needles };
}

/** The digits with the one behind them that makes them a card's number (ISO/IEC 7812-1, annex B). */
function withLuhnDigit(digits: string): string {
  const sum = [...digits].toReversed().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
