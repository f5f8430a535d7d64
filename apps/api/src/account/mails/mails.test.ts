import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MailText } from '../../platform/mailer.ts';
import { invitationMail } from './invitation-mail.ts';
import { newDeviceMail } from './new-device-mail.ts';
import { passwordChangedMail } from './password-changed-mail.ts';
import { passwordResetMail } from './password-reset-mail.ts';
import { plainName } from './plain-name.ts';

const at = new Date('2026-11-26T17:00:30Z');
const link = 'https://aegis.example.com/accept-invitation#token=a&b';
const invite = (organizationName: string, inviterName = 'Ada'): MailText =>
  invitationMail({ organizationName, inviterName, link, until: at });

/** Anything that a mail program could turn into a link. */
const LINK = /[\p{L}\p{N}]\.[\p{L}\p{N}]|:\/\/|\/\/|\w@\w|\b(?:https?|mailto|tel|www):\S/u;

/** Names that somebody would choose to have us send a link. */
const hostileName = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'https://evil.example/x',
        'evil.example',
        'evil。example',
        'evil．example',
        'evil\u200b.example',
        'mailto:a@evil.example',
        'tel:+4930',
        'http:\\\\evil',
        '//evil',
        '<a href="https://evil.example">',
        '"><img src=x>',
        '\r\nBcc: victim@evil.example\r\n\r\n',
        '\u202e',
        'Acme',
        'A. B.',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(''));

describe('names of others in mails', () => {
  it('are never links, tags or lines of their own', () => {
    fc.assert(
      fc.property(hostileName, hostileName, (organization, inviter) => {
        const { subject, text, html } = invite(organization, inviter);
        expect(text.replace(link, '')).not.toMatch(LINK);
        expect(subject).not.toMatch(LINK);
        expect(subject).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
        expect(html.match(/<a /g)).toHaveLength(1);
        expect([...html.matchAll(/<([a-z]+)/g)].map((match) => match[1])).toEqual([
          'html',
          'head',
          'meta',
          'title',
          'body',
          'p',
          'p',
          'a',
          'p',
          'p',
        ]);
        expect(text.split('\n\n')).toHaveLength(4);
      }),
    );
  });

  it.each([
    ['Acme Inc.', 'Acme Inc.'],
    ['Ünïcode & Söhne', 'Ünïcode & Söhne'],
    ['アクメ株式会社', 'アクメ株式会社'],
    ['evil.example', 'evil. example'],
    ['  a \n b\t', 'a b'],
    ['👩‍🚀 Space', '👩‍🚀 Space'],
    ['x'.repeat(100), `${'x'.repeat(79)}…`],
    [`${'x'.repeat(70)} ab https://evil`, `${'x'.repeat(70)} ab https…`],
  ])('read %j as %j', (name, shown) => expect(plainName(name)).toBe(shown));
});

describe('mails', () => {
  it('say what happened and until when', () => {
    const { subject, text, html } = invite('Acme & Co', 'Ada');
    expect(subject).toBe('Invitation to Acme & Co');
    expect(text).toContain('Ada invites you to the organization Acme & Co on AegisGuard.');
    expect(text).toContain(`\n\n${link}\n\n`);
    expect(text).toContain('until 2026-11-26 17:00 UTC');
    expect(html).toContain('Acme &amp; Co');
    expect(html).toContain('href="https://aegis.example.com/accept-invitation#token=a&amp;b"');
    expect(passwordResetMail({ link, until: at }).text).toContain(link);
    expect(newDeviceMail({ at, device: 'Firefox on Linux', address: '203.0.113.7' }).text).toContain(
      'with Firefox on Linux from the address 203.0.113.7.',
    );
  });

  it.each([
    ['a changed password', passwordChangedMail({ at })],
    ['a new device', newDeviceMail({ at, device: 'see https://evil.example', address: 'evil.example' })],
  ])('notices have no link: %s', (_name, { text, html }) => {
    expect(text).not.toMatch(LINK);
    expect(html).not.toContain('<a');
  });
});
