import { freePort, startMailServer, type TestMailServer } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mailer, openMailer, requiresTls } from './mailer.ts';

const FROM = 'AegisGuard <noreply@aegis.example>';
const MAIL = { subject: 'Hello', text: 'plain', html: '<p>plain</p>' };

let server: TestMailServer;
let mailer: Mailer;

beforeAll(async () => {
  server = await startMailServer({ login: { user: 'aegis', password: 'p@ss:/word' }, refused: ['full@x.example'] });
  mailer = openMailer({ smtpUrl: server.url, from: FROM });
});
afterAll(async () => {
  mailer.close();
  await server.stop();
});

describe('a mailer', () => {
  it('logs in and sends text and HTML to one person', async () => {
    const text = `Grüße, ${'long '.repeat(60)}\n\nhttps://aegis.example/a?b=c=d#token=${'x'.repeat(90)}`;
    await mailer.send({
      to: 'ada@x.example',
      subject: 'Prüfung – ein Betreff, der länger als eine Zeile ist 👩‍🚀',
      text,
      html: `<p>Grüße</p>`,
    });
    const mail = await server.mailTo('ada@x.example');
    expect(mail).toMatchObject({
      to: ['ada@x.example'],
      from: 'noreply@aegis.example',
      subject: 'Prüfung – ein Betreff, der länger als eine Zeile ist 👩‍🚀',
      text,
      html: '<p>Grüße</p>',
    });
    expect(mail.headers).toMatchObject({ from: FROM, to: 'ada@x.example', 'auto-submitted': 'auto-generated' });
  });

  it('lets nobody write headers', async () => {
    await mailer.send({ ...MAIL, to: 'eve@x.example', subject: 'A\r\nBcc: victim@x.example\r\n\r\nbody' });
    const mail = await server.mailTo('eve@x.example');
    expect(mail.to).toEqual(['eve@x.example']);
    expect(mail.headers).not.toHaveProperty('bcc');
    expect(mail.subject).toBe('A Bcc: victim@x.example body');
    expect(mail.text).toBe('plain');
  });

  it.each([
    'a@x.example, b@x.example',
    'a@x.example\r\nBcc: b@x.example',
    'Name <a@x.example>',
    '"a@evil.example"@x.example',
    'group:a@x.example;',
    'a@evil.example@x.example',
    'a@x.example>',
    'nobody',
    '',
  ])('sends nothing to %j', async (to) => {
    const before = server.mails.length;
    await expect(mailer.send({ ...MAIL, to })).rejects.toMatchObject({ code: 'unavailable' });
    expect(server.mails).toHaveLength(before);
  });

  it.each([
    ['smtp://u:p@mail.example', true],
    ['smtp://u:p@localhost.example', true],
    ['smtp://mail.example', false],
    ['smtp://u:p@localhost:25', false],
    ['smtp://u:p@[::1]', false],
  ])('says a password over TLS only: %s', (url, expected) => expect(requiresTls(url)).toBe(expected));

  it('says no password to a server that does not speak TLS', async () => {
    const strict = openMailer({ smtpUrl: `${server.url}?requireTLS=true`, from: FROM });
    await expect(strict.send({ ...MAIL, to: 'tls@x.example' })).rejects.toMatchObject({ code: 'unavailable' });
    strict.close();
    expect(server.mails.filter(({ to }) => to.includes('tls@x.example'))).toEqual([]);
  });

  it('says when the server does not take a mail, without the mail', async () => {
    const secret = 'https://aegis.example/#token=secret';
    const error = await mailer.send({ ...MAIL, to: 'full@x.example', text: secret }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'unavailable', detail: 'The mail could not be sent.' });
    expect(JSON.stringify([error, (error as Error).cause, (error as Error).stack])).not.toContain('secret');
  });

  it('says when there is no server', async () => {
    const lonely = openMailer({ smtpUrl: `smtp://127.0.0.1:${await freePort()}`, from: FROM });
    await expect(lonely.send({ ...MAIL, to: 'ada@x.example' })).rejects.toMatchObject({ code: 'unavailable' });
    const none = openMailer({ smtpUrl: undefined, from: FROM });
    expect([none.isConfigured, lonely.isConfigured]).toEqual([false, true]);
    await expect(none.send({ ...MAIL, to: 'ada@x.example' })).rejects.toMatchObject({ code: 'unavailable' });
    lonely.close();
  });

  it('reads no files and fetches no addresses that a text names', async () => {
    const text = { path: '/etc/hostname' } as unknown as string;
    await expect(mailer.send({ ...MAIL, to: 'ada@x.example', text })).rejects.toMatchObject({ code: 'unavailable' });
  });
});
