import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { DetectorName } from '@aegisguard/model';
import { suitePath } from '@aegisguard/testkit';
import { type LabelledText, lookAlike, placed } from './corpora/labelled-text.ts';

/** Texts of one origin that are measured together. */
export interface SuiteCases {
  readonly name: string;
  /** Whether they count for the promised figures, or stand there to be seen. */
  readonly counts: boolean;
  /** Why not, or what was left out. */
  readonly note: string;
  /** Telemetry of others, in which addresses of clients are no false alarms: `ip` is kept. */
  readonly keepsAddresses?: boolean;
  readonly texts: readonly LabelledText[];
}

interface ValidatorCase {
  readonly validator: string;
  readonly args: readonly unknown[];
  readonly valid?: readonly unknown[];
}

/** The labelled suites under `AEGIS_SUITES_DIR`; none where it is absent. */
export function suiteCases(): readonly SuiteCases[] {
  return [...validators(), ...isEmailCases(), ...presidio(), ...redactPii(), ...schemaFormats(), ...cleanTelemetry()];
}

function readJson(...parts: readonly string[]): unknown {
  const path = suitePath(...parts);
  return path === undefined ? undefined : JSON.parse(readFileSync(path, 'utf8'));
}

function whole(
  kind: DetectorName,
  values: readonly string[],
  template = '{}',
  field = 'message',
): readonly LabelledText[] {
  return values.map((value) => placed(template, { kind, value }, field));
}

const VALIDATORS: readonly (readonly [string, DetectorName, string])[] = [
  ['isEmail', 'email', 'without the options that change what is valid'],
  ['isCreditCard', 'card', ''],
  ['isIBAN', 'iban', ''],
  ['isJWT', 'jwt', ''],
];

function validators(): readonly SuiteCases[] {
  const cases = readJson('validatorjs', 'validators.json') as readonly ValidatorCase[] | undefined;
  if (cases === undefined) return [];
  const valid = (validator: string, isWanted: (args: readonly unknown[]) => boolean) => [
    ...new Set(
      cases
        .filter((row) => row.validator === validator && isWanted(row.args))
        .flatMap((row) => (row.valid ?? []).filter((value): value is string => typeof value === 'string')),
    ),
  ];
  const hasNoOptions = (args: readonly unknown[]) => args.every((argument) => typeof argument !== 'object');
  return [
    ...VALIDATORS.map(([validator, kind, note]) => ({
      name: `validatorjs ${validator}`,
      counts: true,
      note,
      // Options of the others narrow what is valid; those of e-mail widen it.
      texts: whole(kind, valid(validator, kind === 'email' ? hasNoOptions : () => true)),
    })),
    ...phones(valid('isMobilePhone', () => true)),
    addresses(valid('isIP', hasNoOptions)),
  ];
}

// Seven digits are what a number has at least here; fifteen are E.164's most.
function phones(values: readonly string[]): readonly SuiteCases[] {
  const numbers = values.filter((value) => {
    const { length } = value.replace(/\D/g, '');
    return length >= 7 && length <= 15;
  });
  const withCode = numbers.filter((value) => /^\(?\+/.test(value));
  const bare = numbers.filter((value) => /^\d+$/.test(value));
  const separated = numbers.filter((value) => !withCode.includes(value) && !bare.includes(value));
  const left = `${values.length - numbers.length} values of fewer than 7 or more than 15 digits are left out`;
  const inContext = [
    ...whole('phone', numbers, 'phone: {}'),
    ...whole('phone', numbers, 'Please call me at {} tomorrow.'),
    ...whole('phone', numbers, '{}', 'phone'),
  ];
  return [
    { name: 'isMobilePhone with a country code, alone', counts: true, note: left, texts: whole('phone', withCode) },
    { name: 'isMobilePhone in a sentence and in a field named phone', counts: true, note: left, texts: inContext },
    {
      name: 'isMobilePhone national, alone',
      counts: false,
      note: 'formats of all countries; the default policy has some',
      texts: whole('phone', separated),
    },
    {
      name: 'isMobilePhone bare digits, alone',
      counts: false,
      note: 'nothing tells them from order numbers',
      texts: whole('phone', bare),
    },
  ];
}

// Under the default policy the addresses of machines stay, those that are no unicast addresses of anybody, and those that truncation leaves as they are.
const KEPT_ADDRESS =
  /\.0$|::$|^(?:0|10|127|22[4-9]|23\d|24\d|25[0-5])\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\.|^(?:fc|fd|fe[89ab]|ff)|^(?:0*:)*:?0*1?$|^(?:0*:)*:?:?(?:ffff:)?(?:0|10|127|192\.168)\./i;

function addresses(values: readonly string[]): SuiteCases {
  const found = values.filter((value) => !KEPT_ADDRESS.test(value));
  return {
    name: 'validatorjs isIP',
    counts: true,
    note: `${values.length - found.length} private, loopback, link-local, multicast and truncated ones are left out`,
    texts: whole('ip', found),
  };
}

function isEmailCases(): readonly SuiteCases[] {
  type Row = { readonly address: string; readonly category: string };
  const rows = readJson('isemail', 'is_email.json') as readonly Row[] | undefined;
  if (rows === undefined) return [];
  const addressesOf = (...categories: readonly string[]) => [
    ...new Set(rows.filter(({ category }) => categories.includes(category)).map(({ address }) => address)),
  ];
  return [
    {
      name: 'isemail valid',
      counts: true,
      note: 'also those whose domain is merely unknown; without domains of one label or ending in digits',
      texts: whole('email', addressesOf('ISEMAIL_VALID_CATEGORY', 'ISEMAIL_DNSWARN').filter(hasTopLevelDomain)),
    },
    {
      name: 'isemail valid in RFC 5321 or obsolete only',
      counts: false,
      note: 'quoted strings, comments, address literals, single labels',
      texts: whole('email', addressesOf('ISEMAIL_RFC5321', 'ISEMAIL_CFWS', 'ISEMAIL_DEPREC')),
    },
  ];
}

function hasTopLevelDomain(address: string): boolean {
  return /\.[^.\d][^.]*$/.test(address.slice(address.lastIndexOf('@')));
}

function presidio(): readonly SuiteCases[] {
  type Row = { readonly entity: string; readonly text: string; readonly spans: readonly (readonly [number, number])[] };
  const rows = readJson('pii-presidio', 'spans.json') as readonly Row[] | undefined;
  if (rows === undefined) return [];
  const ibans = rows.filter(({ entity }) => entity === 'IBAN_CODE');
  const texts = ibans.flatMap(({ text, spans }) =>
    spans.map(([start, end]) => ({ text, field: 'message', label: { kind: 'iban' as const, start, end } })),
  );
  const others = rows.filter(({ entity }) => entity === 'MAC_ADDRESS').map(({ text }) => lookAlike(text));
  return [
    { name: 'presidio IBAN, MAC addresses as look-alikes', counts: true, note: '', texts: [...texts, ...others] },
  ];
}

const PLACEHOLDERS: Readonly<Record<string, DetectorName>> = {
  PHONE_NUMBER: 'phone',
  CREDIT_CARD_NUMBER: 'card',
  US_SOCIAL_SECURITY_NUMBER: 'ssn',
  EMAIL_ADDRESS: 'email',
  IP_ADDRESS: 'ip',
  PASSWORD: 'secret',
};

function redactPii(): readonly SuiteCases[] {
  type Row = { readonly text: string; readonly expected: string };
  const rows = readJson('pii-redact-pii', 'cases.json') as readonly Row[] | undefined;
  if (rows === undefined) return [];
  const texts = rows.flatMap(({ text, expected }) => {
    const [, before = '', name = '', after = ''] = /^(.*?)([A-Z]+(?:_[A-Z]+)+)(.*)$/s.exec(expected) ?? [];
    const kind = PLACEHOLDERS[name];
    if (kind === undefined || !text.startsWith(before) || !text.endsWith(after)) return [];
    return [{ text, field: 'message', label: { kind, start: before.length, end: text.length - after.length } }];
  });
  return [
    {
      name: 'redact-pii',
      counts: false,
      note: 'its cards fail Luhn, its addresses are private or too long: our contract keeps those',
      texts,
    },
  ];
}

function schemaFormats(): readonly SuiteCases[] {
  type Group = { readonly tests: readonly { readonly data: unknown; readonly valid: boolean }[] };
  const formats: readonly (readonly [string, DetectorName])[] = [
    ['email', 'email'],
    ['idn-email', 'email'],
    ['ipv4', 'ip'],
    ['ipv6', 'ip'],
  ];
  return formats.flatMap(([format, kind]) => {
    const groups = readJson('json-schema-format', 'tests/draft2020-12/optional/format', `${format}.json`);
    if (groups === undefined) return [];
    const values = (groups as readonly Group[]).flatMap(({ tests }) =>
      tests.flatMap(({ data, valid }) => (valid && typeof data === 'string' ? [data] : [])),
    );
    const counted = kind === 'ip' ? values.filter((value) => !KEPT_ADDRESS.test(value)) : values;
    return [
      { name: `JSON Schema ${format}`, counts: false, note: 'few, and odd on purpose', texts: whole(kind, counted) },
    ];
  });
}

/** Lines and bodies of others in which nothing but addresses of clients is personal. */
function cleanTelemetry(): readonly SuiteCases[] {
  const lines = ['logs-elastic/apache_logs/apache_logs', 'logs-elastic/nginx/nginxplus_json_logs'].flatMap((name) => {
    const path = suitePath(name);
    return path === undefined
      ? []
      : readFileSync(path, 'utf8')
          .split('\n')
          .filter((line) => line !== '');
  });
  const folder = suitePath('otlp-bodies');
  const bodies =
    folder === undefined || !existsSync(folder)
      ? []
      : readdirSync(folder)
          .filter((name) => name.endsWith('.json') && name !== 'manifest.json')
          .flatMap((name) => stringsOf(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'))));
  return [
    {
      name: 'access logs and status lines (logs-elastic)',
      counts: true,
      note: 'ip kept; crawlers name a contact',
      keepsAddresses: true,
      texts: lines.map(accessLine),
    },
    {
      name: 'texts of OTLP bodies',
      counts: true,
      note: 'ip kept',
      keepsAddresses: true,
      texts: bodies.map((text) => lookAlike(text)),
    },
  ].filter(({ texts }) => texts.length > 0);
}

// A crawler's contact in its user agent, the last thing in quotes, is an address of e-mail and labelled as one.
function accessLine(text: string): LabelledText {
  const contact = /([\w.]+@[\w-]+\.[a-z]+)[^"]*"$/.exec(text);
  if (contact?.[1] === undefined) return lookAlike(text);
  const start = contact.index + contact[0].indexOf(contact[1]);
  return { text, field: 'message', label: { kind: 'email', start, end: start + contact[1].length } };
}

function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsOf);
}
