import { describe, expect, it } from 'vitest';
import { marked } from '../../testing/marked.ts';
import { only, scrubWith } from '../../testing/scrub-with.ts';

const scrub = scrubWith(only('email'));

const FOUND = [
  '«ann@example.org»',
  'mail «ann.lee+news@mail.eu.example.org», please',
  'Ann <«ann@example.org»>; Bob <«bob@example.org»>',
  'mailto:«ann@example.org»?subject=x',
  '"email":"«ann@example.org»"',
  '{"a":"«ann@example.org»"}',
  'user=«ann@example.org» status=200',
  "user='«o'neil@example.org»'",
  'GET /users/«ann@example.org»/orders',
  '/reset?email=«ann%40example.org»&x=1',
  '/reset?email=«ann%2Bnews%40example.org»#top',
  'next=%2Freset%3Fmail%3D«ann%2540example.org»%26x',
  'first\\n«ann@example.org»\\nlast',
  '\\u003c«ann@example.org»\\u003e',
  '«"ann lee"@example.org» wrote',
  '«"a\\"b"@example.org»',
  '«"a@b"@example.org»',
  '«δοκιμή@παράδειγμα.δοκιμή»',
  '邮箱：«用户@例子.公司»。',
  '«ann@xn--bcher-kva.example»',
  '«ann@bücher.example»',
  '«ann@[192.0.2.7]»',
  '«ann@[IPv6:2001:db8::7]»',
  'Is it «ann@example.org»?',
  'ends with «ann@example.org».',
  '«a/b=c@example.org»',
  '«ann@163.com», «ann@1and1.de»',
  '«ann@example.org»:hunter2',
  '|«ann@example.org»|',
  'smtp://«ann%40example.org»:pw@mail.example.org',
  'cc: «ann@example.org»,«bob@example.org»',
  '«ann@my_host.example.org»',
  '«ann@example.org»_2024',
];

const NOT_FOUND = [
  'install @scope/pkg@1.2.3',
  'left-pad@1.2.3-rc.one',
  'node_modules/.pnpm/react@18.2.0/index.js',
  'ssh root@web-1',
  'git@github.com:acme/shop.git',
  'ssh://git@github.com/acme/shop.git',
  'scp deploy@web1.example.org:/srv/app',
  'java.lang.Object@1b2c3d',
  'com.acme.Order@5e91993f.toString',
  'registry/app@sha256:9f86d081884c7d659a2feaa0c55ad015',
  'icons/logo@2x.png',
  'started getty@tty1.service',
  '@app.route and @Override',
  'https://user@shop.example.org/cart',
  'postgres://app:pw@db.example.org/shop',
  'rabbit@node1.example.org is up',
  'load@https://shop.example.org/app.js:1:2',
  'a @ b.example, @, @@, a@, @b.example',
  'ann@example',
  'jobs@1.service',
  'Message-ID: <20240115.4fa1@mx.example.org>',
  'from=<>, msgid=<4fa1.77@mx.example.org>, relay=x',
];

describe('email', () => {
  it.each(FOUND)('%s', (sample) => {
    const { text, scrubbed } = marked(sample, '[REDACTED:email]');
    expect(scrub(text).text).toBe(scrubbed);
    expect(scrub(scrubbed)).toEqual({ text: scrubbed, found: [] });
  });

  it.each(NOT_FOUND)('%s has none', (text) => {
    expect(scrub(text)).toEqual({ text, found: [] });
  });
});
