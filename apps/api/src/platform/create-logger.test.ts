import type { pino } from 'pino';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createLogger } from './create-logger.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';
const PASSWORD = 'Tr0ub4dor&3-horse';
const DATABASE_URL = `postgresql://aegis:${PASSWORD}@db.internal:5432/aegis`;

function logged(write: (logger: pino.Logger) => void): string {
  let text = '';
  write(
    createLogger('trace', {
      write: (line) => {
        text += line;
      },
    }),
  );
  expect(JSON.parse(text)).toMatchObject({ level: expect.any(Number), time: expect.any(Number) });
  return text;
}

const withMembers = (message: string, members: object) => Object.assign(new Error(message), members);

function parseFailure(): unknown {
  const schema = z.object({ password: z.string().max(3), nested: z.object({ otp: z.number() }) });
  return schema.safeParse({ password: PASSWORD, nested: { otp: PASSWORD } }, { reportInput: true }).error;
}

function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

const OBJECTS: readonly (readonly [string, object])[] = [
  ['headers', { req: { headers: { authorization: `Bearer ${JWT}`, cookie: `aegis_refresh=${PASSWORD}`, host: 'a' } } }],
  ['answer headers', { res: { headers: { 'set-cookie': [`aegis_refresh=${PASSWORD}; HttpOnly`] } } }],
  ['raw headers', { rawHeaders: ['Host', 'a', 'Authorization', `Basic ${PASSWORD}`, 'Cookie', PASSWORD] }],
  ['a body', { body: { email: 'a@b.example', password: PASSWORD, newPassword: PASSWORD, refreshToken: PASSWORD } }],
  ['a body as text', { body: JSON.stringify({ password: PASSWORD }) }],
  ['a form', { body: `grant_type=refresh_token&client_secret=${encodeURIComponent(PASSWORD)}` }],
  ['keys', { masterKey: PASSWORD, jwtSecret: PASSWORD, apiKey: PASSWORD, secretHash: `$argon2id$${PASSWORD}` }],
  [
    'configuration',
    { config: { postgres: { kind: 'server', url: DATABASE_URL }, mail: { smtpUrl: `smtps://u:${PASSWORD}@m` } } },
  ],
  ['environment', { env: { DATABASE_URL, AEGIS_ADMIN_PASSWORD: PASSWORD, SMTP_URL: `smtp://u:${PASSWORD}@mail:25` } }],
  ['pairs', { headers: [{ name: 'authorization', value: PASSWORD }] }],
  ['deep', { a: { b: { c: { d: { e: [{ f: { accessToken: PASSWORD } }] } } } } }],
  ['a token in a list', { args: ['x', JWT] }],
];

const ERRORS: readonly (readonly [string, unknown])[] = [
  ['pg', withMembers(`connect ECONNREFUSED ${DATABASE_URL}`, { code: 'ECONNREFUSED', connectionString: DATABASE_URL })],
  [
    'a constraint of pg',
    withMembers('new row violates check constraint', {
      code: '23514',
      detail: `Failing row contains (1, ${PASSWORD}, null).`,
      client: { connectionParameters: { password: PASSWORD } },
    }),
  ],
  [
    'a unique index of pg',
    withMembers('duplicate key', { detail: `Key (token_digest)=(${PASSWORD}) already exists.` }),
  ],
  ['prisma', new Error(`Invalid \`prisma.user.create()\` invocation: { data: { passwordHash: "${PASSWORD}" } }`)],
  [
    'undici',
    withMembers('other side closed', {
      headers: ['authorization', `Bearer ${PASSWORD}`],
      socket: { password: PASSWORD },
    }),
  ],
  ['a cause', new Error('call failed', { cause: new Error(`GET https://u:${PASSWORD}@host/ failed`) })],
  ['several', new AggregateError([new Error(`token=${JWT}`)], 'all failed')],
  ['zod', parseFailure()],
  ['a URL', thrown(() => new URL(`//u:${PASSWORD}@host`))],
  ['JSON', thrown(() => JSON.parse(`{"password": ${PASSWORD}}`))],
  [
    'nodemailer',
    withMembers(`Invalid login: 535 ${JWT}`, { command: 'AUTH PLAIN', auth: { user: 'u', pass: PASSWORD } }),
  ],
];

function expectNoSecret(text: string): void {
  for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), JWT.slice(40)]) {
    expect(text).not.toContain(secret);
  }
}

it.each(OBJECTS)('no secret of an object is logged: %s', (_name, object) => {
  expectNoSecret(logged((logger) => logger.info(object, 'seen')));
  expectNoSecret(logged((logger) => logger.child(object).warn('seen')));
  expectNoSecret(logged((logger) => logger.error({ err: withMembers('failed', object) }, 'seen')));
});

it.each(ERRORS)('no secret of an error is logged: %s', (_name, error) => {
  expect(error).toBeInstanceOf(Error);
  expectNoSecret(logged((logger) => logger.error(error)));
  expectNoSecret(logged((logger) => logger.error({ err: error }, 'failed')));
  expectNoSecret(logged((logger) => logger.error({ error, also: { err: error } }, 'failed')));
  expectNoSecret(logged((logger) => logger.error({ err: error }, (error as Error).message)));
});

it('no secret of a sentence is logged', () => {
  for (const sentence of [`refused Bearer ${JWT}`, `cannot connect to ${DATABASE_URL}`, `password=${PASSWORD}`]) {
    expectNoSecret(logged((logger) => logger.info(sentence)));
  }
});

it('leaves what is no secret', () => {
  const entry = {
    orgId: '0192f0c1-2345-7abc-8def-0123456789ab',
    stream: 'logs',
    dropped: 3,
    tokens: 12,
    paths: ['/geo/city.mmdb'],
    address: '203.0.113.7',
    url: 'https://aegis.example.com/a?b=c',
  };
  const plain = JSON.parse(logged((logger) => logger.info(entry, 'password rules were read')));
  expect(plain).toMatchObject({ ...entry, msg: 'password rules were read' });
});

it('says where an error came from', () => {
  const { err } = JSON.parse(
    logged((logger) => logger.error({ err: new TypeError('the disk is full') }, 'not stored')),
  );
  expect(err).toMatchObject({ type: 'TypeError', message: 'the disk is full' });
  expect(err.stack).toContain('create-logger.test.ts');
});

it('is as quiet as it is asked to be', () => {
  const lines: string[] = [];
  const logger = createLogger('warn', { write: (line) => void lines.push(line) });
  logger.info('quiet');
  logger.warn('loud');
  expect(lines).toHaveLength(1);
});
