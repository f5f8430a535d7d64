import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suitePath } from '@aegisguard/testkit';
import { describe, expect, it } from 'vitest';
import { RegexAllowance, RuleRegex } from '../rule-regex.ts';
import { COMMON_PATTERNS } from './common-patterns.ts';
import { expandGrok } from './expand-grok.ts';

function compiled(pattern: string, definitions: Record<string, string> = {}) {
  const { expression, fields } = expandGrok(pattern, definitions, 'patterns/0');
  const regex = new RuleRegex(expression, 'patterns/0', new RegexAllowance());
  return (text: string): Record<string, string> | undefined => {
    const groups = regex.groups(text);
    return (
      groups &&
      Object.fromEntries(groups.map((value, at) => [fields.get(regex.groupNames[at] ?? '')?.name ?? '', value]))
    );
  };
}

it('puts patterns in place of their names, and gives fields any names', () => {
  expect(compiled('%{IP:client} %{WORD:[http][method]} (?<rest.of-it>.*)')('10.0.0.1 GET /a b')).toEqual({
    client: '10.0.0.1',
    'http.method': 'GET',
    'rest.of-it': '/a b',
  });
  expect(compiled('%{MINE:x}', { MINE: '%{INT}-%{WORD:y}' })('4-a')).toEqual({ x: '4-a', y: 'a' });
});

it.each([
  ['%{NOPE}', {}, /no pattern NOPE/],
  ['%{A}', { A: '%{B}', B: '%{A}' }, /in a circle/],
  ['%{INT:a:date}', {}, /no type date/],
  ['a(?=b)', {}, /look ahead/],
  ['(?<!b)a', {}, /look ahead/],
  [
    '%{A}',
    { A: '%{B}%{B}', B: '%{C}%{C}%{C}%{C}', C: '%{D}%{D}%{D}%{D}', D: '%{IPV6}%{IPV6}%{IPV6}%{IPV6}' },
    /too long/,
  ],
])('%s is refused', (pattern, definitions, message) => {
  expect(() => compiled(pattern, definitions as Record<string, string>)).toThrow(message);
});

it('every common pattern compiles', () => {
  for (const name of COMMON_PATTERNS.keys()) {
    expect(() => compiled(`%{${name}:it}`), name).not.toThrow();
  }
});

/** Texts that are wholly of the pattern, and texts that are not. */
const SAMPLES: readonly (readonly [name: string, good: readonly string[], bad: readonly string[]])[] = [
  ['INT', ['0', '-12', '+7'], ['1.5', 'a', '']],
  ['NUMBER', ['1', '-1.5', '.5'], ['a', '1.2.3']],
  ['BASE16NUM', ['0x1F', 'ff'], ['0xg']],
  ['POSINT', ['1', '905'], ['0', '-1']],
  ['NONNEGINT', ['0', '17'], ['-1']],
  ['WORD', ['abc_1'], ['a b', '']],
  ['NOTSPACE', ['a-b:c'], ['a b']],
  ['UUID', ['123e4567-e89b-12d3-a456-426614174000'], ['123e4567']],
  ['QUOTEDSTRING', ['"a \\" b"', "'x'", '`y`', '""'], ['"a', 'a']],
  ['USERNAME', ['a.b-c_1'], ['a b', 'a@b']],
  ['EMAILADDRESS', ['jo.doe+x@example.com'], ['@example.com', 'jo']],
  ['MAC', ['00:1a:2b:3c:4d:5e', '001a.2b3c.4d5e', '00-1a-2b-3c-4d-5e'], ['00:1a:2b']],
  ['IPV4', ['0.0.0.0', '255.255.255.255', '10.1.2.30'], ['256.1.1.1', '1.2.3', '1.2.3.4.5']],
  [
    'IPV6',
    ['::1', '::', 'fe80::1%eth0', '2001:db8:0:1:1:1:1:1', '::ffff:10.0.0.1', '1::', '1:2:3:4:5:6:7::'],
    ['1:2', ':::', 'g::1', '1:2:3:4:5:6:7:8:9'],
  ],
  ['HOSTNAME', ['localhost', 'a-b.example.com'], ['-a', 'a b']],
  ['HOSTPORT', ['example.com:8080', '10.0.0.1:80'], ['example.com']],
  ['UNIXPATH', ['/', '/var/log/a.log'], ['var/log']],
  ['WINPATH', ['C:\\Windows\\a.exe'], ['/var']],
  ['URI', ['https://jo:pw@example.com:8080/a/b?x=1&y=2', 'ftp://h/', 'http://10.0.0.1'], ['example.com/a']],
  ['MONTH', ['Jan', 'September', 'may'], ['Foo']],
  ['MONTHDAY', ['1', '09', '31'], ['32', '0']],
  ['TIME', ['10:20:30', '23:59:59.123'], ['24:00:00', '10:20']],
  [
    'TIMESTAMP_ISO8601',
    ['2026-11-27T10:20:30.123Z', '2026-11-27 10:20:30,5+01:00', '2026-11-27T10:20'],
    ['2026-13-01T00:00:00Z', '27-11-2026'],
  ],
  ['DATE_US', ['11/27/2026'], ['27/11/2026']],
  ['DATE_EU', ['27.11.2026'], ['11/27/2026']],
  ['HTTPDATE', ['27/Nov/2026:10:20:30 +0100'], ['2026-11-27']],
  ['SYSLOGTIMESTAMP', ['Nov 27 10:20:30', 'Nov  7 10:20:30'], ['27 Nov']],
  ['DATESTAMP_RFC2822', ['Fri, 27 Nov 2026 10:20:30 +0100'], ['Fri 27']],
  ['LOGLEVEL', ['INFO', 'warn', 'Error', 'CRITICAL'], ['loud']],
  ['SYSLOGPROG', ['sshd[123]', 'cron'], ['a b']],
  ['JAVACLASS', ['com.example.Foo$Bar'], ['1a']],
];

it.each(SAMPLES)('%s matches the whole of its samples', (name, good, bad) => {
  const match = compiled(`^%{${name}}$`);
  expect(good.filter((text) => match(text) === undefined)).toEqual([]);
  expect(bad.filter((text) => match(text) !== undefined)).toEqual([]);
});

it('reads lines of web servers and of syslog', () => {
  const combined = compiled('%{COMBINEDAPACHELOG}')(
    '10.0.0.1 - frank [27/Nov/2026:10:20:30 +0100] "GET /a.html?x=1 HTTP/1.1" 200 2326 "http://example.com/" "Mozilla/5.0 (X11)"',
  );
  expect(combined).toMatchObject({
    clientip: '10.0.0.1',
    ident: '-',
    auth: 'frank',
    timestamp: '27/Nov/2026:10:20:30 +0100',
    verb: 'GET',
    request: '/a.html?x=1',
    httpversion: '1.1',
    response: '200',
    bytes: '2326',
    referrer: '"http://example.com/"',
    agent: '"Mozilla/5.0 (X11)"',
  });
  expect(compiled('%{SYSLOGLINE}')('Nov  7 10:20:30 web-1 sshd[123]: Accepted key for jo')).toMatchObject({
    timestamp: 'Nov  7 10:20:30',
    logsource: 'web-1',
    program: 'sshd',
    pid: '123',
    message: 'Accepted key for jo',
  });
});

const folder = suitePath('logstash-grok/patterns/legacy');

/** `NAME pattern` lines. */
function definitionsOf(file: string): Map<string, string> {
  const path = join(folder ?? '', file);
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  return new Map(
    lines.flatMap((line) => {
      const [, name, pattern] = /^(\w+) (.+)$/.exec(line) ?? [];
      return name === undefined || pattern === undefined ? [] : [[name, pattern] as const];
    }),
  );
}

describe.skipIf(folder === undefined)(
  `the patterns of Logstash${folder === undefined ? ': AEGIS_SUITES_DIR has none' : ''}`,
  () => {
    const theirs = new Map(
      ['grok-patterns', 'httpd', 'java', 'linux-syslog', 'redis'].flatMap((file) => [...definitionsOf(file)]),
    );
    /** As JavaScript's own engine has them, which can look around. */
    const oracle = (name: string): RegExp => {
      const expand = (text: string): string =>
        text
          .replace(/%\{(\w+)(?::[^}]*)?\}/g, (_, inner: string) => `(?:${expand(theirs.get(inner) ?? '(?!)')})`)
          .replaceAll(/\(\?<[A-Za-z]\w*>/g, '(')
          .replaceAll('(?>', '(?:')
          .replaceAll(/([*+?])\+/g, '$1')
          .replaceAll('[[[:alnum:]]', '[0-9A-Za-z')
          .replaceAll('[:alnum:]', '0-9A-Za-z');
      return new RegExp(`^(?:${expand(theirs.get(name) ?? '(?!)')})$`);
    };

    it('has every name of the file of common ones', () => {
      expect([...definitionsOf('grok-patterns').keys()].filter((name) => !COMMON_PATTERNS.has(name))).toEqual([]);
    });

    it('say of samples what ours say', () => {
      const differ = SAMPLES.flatMap(([name, good, bad]) => {
        const ours = compiled(`^%{${name}}$`);
        return [...good, ...bad]
          .filter((text) => oracle(name).test(text) !== (ours(text) !== undefined))
          .map((text) => `${name} ${text}`);
      });
      expect(differ).toEqual([]);
    });
  },
);
