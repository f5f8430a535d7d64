import type { DetectorName } from '@aegisguard/model';
import { Random } from '@aegisguard/testkit';
import { type LabelledText, type LabelledValue, placed } from './labelled-text.ts';
import { bare, international, national } from './phone-values.ts';
import { apiKey, card, email, iban, ip, jwt, password, privateKey, run, ssn } from './value-generators.ts';

const PER_KIND = 400;

/** Where values stand in telemetry; `{}` is the value. */
const CARRIERS = [
  '{}',
  'Customer {} asked for a refund.',
  'could not deliver to {}: connection refused',
  '2026-11-26T14:03:05.123Z INFO  [http-nio-8080-exec-3] c.e.OrderService : lookup of {} took 12 ms',
  'Nov 26 14:03:05 web-1 app[2211]: rejected {} after 3 attempts',
  'level=warn msg="not found" subject="{}" trace_id=4bf92f3577b34da6a3ce929d0e0e4736',
  '{"level":"info","subject":"{}","duration_ms":17}',
  '{"event":"saved","body":"{\\"subject\\":\\"{}\\",\\"n\\":1}"}',
  "SELECT id FROM customers WHERE subject = '{}' LIMIT 10",
  'Error: no such subject: {}\n    at lookup (/srv/app/dist/lookup.js:41:17)',
  '["a","{}",3]',
  '<subject>{}</subject>',
] as const;

/** URLs, whose value is percent-encoded. */
const URL_CARRIERS = [
  'GET https://shop.example/search?q={}&page=2 200',
  'https://shop.example/customers/{}/orders',
  'https://shop.example/#/invite/{}',
  '10.0.0.7 - - [26/Nov/2026:14:03:05 +0000] "GET /find?subject={} HTTP/1.1" 200 512',
] as const;

const PHONE_CONTEXTS = [
  'phone: {}',
  'phone={} plan=basic',
  'Call me at {} after five.',
  'my number is {}, thanks',
  'Bitte rufen Sie an: Tel. {}',
  'Téléphone : {}',
  'sms to {} failed: 30007',
  'tel:{}',
  'https://wa.me/{}',
  '{"mobile":"{}","id":7}',
  '{"contact":{"phoneNumber":"{}"}}',
  'fax no. {}',
] as const;
const SSN_CONTEXTS = [
  'ssn: {}',
  'ssn={} dob=x',
  '{"ssn":"{}"}',
  'social security number {}',
  'SSN {} rejected',
] as const;
const SECRET_CONTEXTS = [
  'password={}',
  'login failed password={} user=ada',
  '{"user":"ada","password":"{}"}',
  '{"body":"{\\"client_secret\\":\\"{}\\"}"}',
  'https://x.example/cb?access_token={}&state=1',
  'db.password: {}',
  'API_SECRET={}',
  'passwd="{}"',
] as const;
const AUTHORIZATION_CONTEXTS = [
  'Authorization: Bearer {}',
  'authorization: Basic {}',
  '{"headers":{"Authorization":"Bearer {}"}}',
  '> Authorization: Token {}',
  "curl -H 'Authorization: Bearer {}' https://x.example/",
  'Proxy-Authorization: Basic {}',
] as const;
const URL_PASSWORD_CONTEXTS = [
  'connecting to postgres://app:{}@db.internal:5432/shop',
  'redis://:{}@cache:6379/0',
  'https://ada:{}@git.example/repo.git',
  '{"dsn":"amqp://guest:{}@mq:5672/%2F"}',
  'DATABASE_URL=mysql://root:{}@127.0.0.1/shop',
] as const;

type Make = (random: Random, index: number) => LabelledText;

/** Puts a value in turn into a sentence, a log, JSON or a URL. */
function anywhere(kind: DetectorName, value: (random: Random) => string): Make {
  return (random, index) => {
    const at = index % (CARRIERS.length + URL_CARRIERS.length);
    const carrier = CARRIERS[at];
    if (carrier !== undefined) return placed(carrier, { kind, value: value(random) });
    const encoded = encodeURIComponent(value(random));
    return placed(URL_CARRIERS[at - CARRIERS.length] ?? '{}', { kind, value: encoded });
  };
}

function within(templates: readonly [string, ...string[]], labelled: (random: Random) => LabelledValue): Make {
  return (random, index) => placed(templates[index % templates.length] ?? '{}', labelled(random));
}

function phone(random: Random, index: number): LabelledText {
  if (index % 3 === 0) {
    const value = bare(random);
    return index % 6 === 0
      ? placed(
          '{}',
          { kind: 'phone', value },
          random.pick(['phone', 'mobile', 'contact_number', 'msisdn', 'customer.tel']),
        )
      : placed(random.pick(PHONE_CONTEXTS), { kind: 'phone', value });
  }
  return anywhere('phone', index % 3 === 1 ? international : national)(random, Math.floor(index / 3));
}

function socialSecurityNumber(random: Random, index: number): LabelledText {
  if (index % 3 > 0) return anywhere('ssn', () => ssn(random, '-'))(random, Math.floor(index / 3) * 2 + (index % 3));
  return placed(random.pick(SSN_CONTEXTS), { kind: 'ssn', value: ssn(random, random.pick(['', ' ', '-'])) });
}

const MAKERS: Readonly<Record<DetectorName, Make>> = {
  'private-key': (random, index) =>
    placed(random.pick(['{}', 'loaded key:\n{}\nok']), {
      kind: 'private-key',
      value: index % 2 === 0 ? privateKey(random) : privateKey(random).replaceAll('\n', '\\n'),
    }),
  authorization: within(AUTHORIZATION_CONTEXTS, (random) => ({ kind: 'authorization', value: run(random, 32) })),
  'url-password': within(URL_PASSWORD_CONTEXTS, (random) => ({
    kind: 'url-password',
    value: encodeURIComponent(password(random)),
  })),
  jwt: anywhere('jwt', jwt),
  'api-key': anywhere('api-key', apiKey),
  secret: within(SECRET_CONTEXTS, (random) => ({ kind: 'secret', value: password(random) })),
  email: anywhere('email', email),
  iban: anywhere('iban', iban),
  card: anywhere('card', card),
  ssn: socialSecurityNumber,
  phone,
  ip: anywhere('ip', ip),
};

/** Labelled texts of every kind, the same ones at every call. */
export function positives(): readonly LabelledText[] {
  return Object.values(MAKERS).flatMap((make, kind) => {
    const random = new Random(4_711 + kind * 7_919);
    return Array.from({ length: PER_KIND }, (_, index) => make(random, index));
  });
}
