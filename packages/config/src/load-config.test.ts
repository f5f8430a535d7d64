import { describe, expect, it } from 'vitest';
import { ConfigError } from './config-error.ts';
import { type Environment, loadConfig } from './load-config.ts';
import { ROLE_NAMES } from './roles.ts';

const KEY_HEX = 'ab'.repeat(32);
const JWT = 'j'.repeat(32);
const SERVERS = {
  DATABASE_URL: 'postgresql://u:p@db:5432/aegis',
  CLICKHOUSE_URL: 'http://ch:8123',
  REDIS_URL: 'redis://redis:6379',
  AEGIS_MASTER_KEY: KEY_HEX,
  AEGIS_JWT_SECRET: JWT,
};

function problemsOf(env: Environment): readonly string[] {
  try {
    loadConfig(env, '/srv');
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('gives the defaults of the contract for an empty environment', () => {
    expect(loadConfig({}, '/srv')).toEqual({
      host: '127.0.0.1',
      port: 8080,
      otlpHttp: { port: 4318, isGiven: false },
      otlpGrpc: { port: 4317, isGiven: false },
      dataDir: '/srv/.aegis',
      roles: new Set(ROLE_NAMES),
      postgres: { kind: 'embedded' },
      clickhouse: { kind: 'embedded', path: '/srv/.aegis/clickhouse' },
      queue: { kind: 'embedded', path: '/srv/.aegis/queue' },
      limits: { orgPerMin: 10_000, ipPerMin: 1000, bodyBytesMax: 67_108_864 },
      trustProxy: [],
      bootstrap: {
        adminEmail: undefined,
        adminPassword: undefined,
        orgName: undefined,
        orgKey: undefined,
        orgSecret: undefined,
      },
      publicUrl: undefined,
      registration: 'open',
      mail: { smtpUrl: undefined, from: 'AegisGuard <noreply@localhost>' },
      allowPrivateWebhooks: false,
      geoDatabases: undefined,
      metricsToken: undefined,
      logLevel: 'info',
      warnings: [],
    });
  });

  it('takes databases of places as a list of paths, or none', () => {
    const of = (text: string) => loadConfig({ AEGIS_GEOIP_DB: text }, '/srv').geoDatabases;
    expect(of('city.mmdb, /geo/asn.mmdb')).toEqual(['/srv/city.mmdb', '/geo/asn.mmdb']);
    expect(of('off')).toEqual([]);
    expect(of('')).toBeUndefined();
  });

  it('takes servers, roles, lists and limits from the environment', () => {
    const config = loadConfig({
      ...SERVERS,
      CLICKHOUSE_URL: 'http://a:8123, https://user:pw@b:8443',
      AEGIS_ROLES: 'gateway, web',
      AEGIS_PORT: ' 0 ',
      AEGIS_DATA_DIR: '/var/lib/aegis',
      AEGIS_TRUST_PROXY: '10.0.0.0/8, ::1,fd00::/8',
      AEGIS_RATE_LIMIT_ORG_PER_MIN: '0',
      AEGIS_ORG_KEY: 'acme-key-1',
      AEGIS_ORG_SECRET: ' sixteen chars ok ',
    });
    expect(config.postgres).toEqual({ kind: 'server', url: SERVERS.DATABASE_URL });
    expect(config.clickhouse).toEqual({ kind: 'server', urls: ['http://a:8123', 'https://user:pw@b:8443'] });
    expect(config.queue).toEqual({ kind: 'redis', url: SERVERS.REDIS_URL });
    expect([...config.roles]).toEqual(['gateway', 'web']);
    expect(config.port).toBe(0);
    expect(config.dataDir).toBe('/var/lib/aegis');
    expect(config.trustProxy).toEqual(['10.0.0.0/8', '::1', 'fd00::/8']);
    expect(config.limits.orgPerMin).toBe(0);
    expect(config.bootstrap.orgKey).toBe('acme-key-1');
    expect(config.bootstrap.orgSecret).toBe(' sixteen chars ok ');
  });

  it('takes how people are reached', () => {
    const config = loadConfig({
      AEGIS_PUBLIC_URL: 'HTTPS://Aegis.example.com:443/',
      AEGIS_REGISTRATION: 'closed',
      SMTP_URL: 'smtps://user:p%40ss@mail.example.com:465',
      AEGIS_MAIL_FROM: 'Watch <watch@example.com>',
      AEGIS_ALLOW_PRIVATE_WEBHOOKS: 'true',
    });
    expect(config.publicUrl).toBe('https://aegis.example.com');
    expect(config.registration).toBe('closed');
    expect(config.mail).toEqual({
      smtpUrl: 'smtps://user:p%40ss@mail.example.com:465',
      from: 'Watch <watch@example.com>',
    });
    expect(config.allowPrivateWebhooks).toBe(true);
    expect(loadConfig({ AEGIS_MAIL_FROM: 'watch@example.com' }).mail.from).toBe('watch@example.com');
  });

  it.each(['me', 'Me <me>', 'a@b\r\nBcc: c@d', 'A\nB <a@b>', 'a@b, c@d', 'A <a@b> <c@d>', '"A" <a@b>'])(
    'refuses the sender %j',
    (from) => {
      expect(problemsOf({ AEGIS_MAIL_FROM: from })).toHaveLength(1);
    },
  );

  it.each(['aegis.example.com', 'ftp://x', 'https://x/app', 'https://x?a', 'https://u:p@x', 'https://x#y', 'https://'])(
    'refuses the public URL %j',
    (url) => {
      expect(problemsOf({ AEGIS_PUBLIC_URL: url })).toHaveLength(1);
    },
  );

  it('counts empty variables as unset', () => {
    expect(loadConfig({ AEGIS_PORT: '', DATABASE_URL: '', AEGIS_ROLES: '  ' }, '/srv')).toEqual(loadConfig({}, '/srv'));
  });

  it('is frozen through and through', () => {
    const config = loadConfig({});
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.limits)).toBe(true);
    expect(Object.isFrozen(config.trustProxy)).toBe(true);
  });

  it.each([
    ['AEGIS_PORT', '80a', 'AEGIS_PORT must be a whole number from 0 to 65535, not "80a"'],
    ['AEGIS_PORT', '65536', 'AEGIS_PORT must be a whole number from 0 to 65535, not "65536"'],
    ['AEGIS_HOST', 'http://x', 'AEGIS_HOST must be an address or a host name, not "http://x"'],
    [
      'AEGIS_ROLES',
      'gateway,cook',
      'AEGIS_ROLES must be "all" or a comma list of gateway, worker, query, scheduler, web, not "gateway,cook"',
    ],
    [
      'AEGIS_TRUST_PROXY',
      '10.0.0.0/33',
      'AEGIS_TRUST_PROXY must be "off" or a comma list of IP addresses and CIDR ranges, e.g. 10.0.0.0/8,::1, not "10.0.0.0/33"',
    ],
    ['AEGIS_ADMIN_EMAIL', 'me', 'AEGIS_ADMIN_EMAIL must be an e-mail address, not "me"'],
    ['AEGIS_ORG_KEY', 'short', 'AEGIS_ORG_KEY must be 8 to 64 characters of A-Z a-z 0-9 _ -, not "short"'],
    ['AEGIS_MAX_BODY_BYTES', '0', 'AEGIS_MAX_BODY_BYTES must be a whole number from 1 to 512000000, not "0"'],
    ['AEGIS_REGISTRATION', 'ajar', 'AEGIS_REGISTRATION must be open or closed, not "ajar"'],
    ['AEGIS_ALLOW_PRIVATE_WEBHOOKS', '1', 'AEGIS_ALLOW_PRIVATE_WEBHOOKS must be true or false, not "1"'],
    [
      'AEGIS_LOG_LEVEL',
      'loud',
      'AEGIS_LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, not "loud"',
    ],
  ])('says what is wrong with %s=%s', (name, value, problem) => {
    expect(problemsOf({ [name]: value })).toEqual([problem]);
  });

  it.each([
    ['AEGIS_MASTER_KEY', 'deadbeef-not-32-bytes'],
    ['AEGIS_JWT_SECRET', 'thirty-one-characters-are-short'],
    ['AEGIS_JWT_SECRET_PREVIOUS', `${JWT},thirty-one-characters-are-short`],
    ['SMTP_URL', 'http://mailer:hunter2@mail'],
    ['AEGIS_ADMIN_PASSWORD', 'hunter2'],
    ['AEGIS_ORG_SECRET', 'fifteen-letters'],
    ['AEGIS_METRICS_TOKEN', 'token-of-15-ch.'],
    ['DATABASE_URL', 'mysql://root:hunter2@db/x'],
    ['CLICKHOUSE_URL', 'tcp://default:hunter2@ch:9000'],
    ['REDIS_URL', 'redis:hunter2@redis'],
  ])('reports a bad %s without showing its value', (name, value) => {
    const problems = problemsOf({ AEGIS_MASTER_KEY: KEY_HEX, AEGIS_JWT_SECRET: JWT, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} must `));
    expect(problems[0]).not.toContain(value);
  });

  it('reports all problems at once', () => {
    const problems = problemsOf({
      AEGIS_PORT: 'x',
      AEGIS_ORG_SECRET: 'short',
      DATABASE_URL: 'postgres://db/aegis',
      AEGIS_ROLES: 'gateway',
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'AEGIS_PORT',
      'AEGIS_ORG_SECRET',
      'AEGIS_MASTER_KEY',
      'AEGIS_JWT_SECRET',
      'AEGIS_ROLES',
    ]);
  });

  it.each(['ab'.repeat(32), 'AB'.repeat(32), Buffer.alloc(32, 7).toString('base64'), '_-'.padEnd(43, 'A')])(
    'takes the master key %s',
    (key) => {
      expect(problemsOf({ AEGIS_MASTER_KEY: key })).toEqual([]);
    },
  );

  it.each([
    ['gateway', ['AEGIS_ROLES has gateway without worker', 'AEGIS_ROLES has gateway without query']],
    ['gateway,worker,query', []],
    ['web', []],
    ['scheduler', ['AEGIS_ROLES has scheduler without worker and query', 'AEGIS_ROLES has scheduler without gateway']],
  ])('refuses AEGIS_ROLES=%s on embedded engines where they would have to be shared', (roles, beginnings) => {
    const problems = problemsOf({ AEGIS_ROLES: roles });
    const unmatched = beginnings.filter((beginning) => !problems.some((problem) => problem.startsWith(beginning)));
    expect(unmatched).toEqual([]);
    expect(problems.length === 0).toBe(beginnings.length === 0);
  });

  it.each(ROLE_NAMES)('takes AEGIS_ROLES=%s alone when every engine is a server', (role) => {
    expect(problemsOf({ ...SERVERS, AEGIS_ROLES: role })).toEqual([]);
  });

  it('warns of unknown and unused variables and does not fail', () => {
    const config = loadConfig({ AEGIS_PROT: '1', AEGIS_COFFEE_STRENGTH: '9', TIMESCALE_URL: 'x', PATH: '/bin' });
    expect(config.warnings).toEqual([
      'TIMESCALE_URL is set, but has no effect in this version',
      'AEGIS_COFFEE_STRENGTH is not a known variable',
      'AEGIS_PROT is not a known variable; did you mean AEGIS_PORT?',
    ]);
  });
});
