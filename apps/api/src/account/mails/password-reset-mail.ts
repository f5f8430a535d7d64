import type { MailText } from '../../platform/mailer.ts';
import { mailText, mailTime } from './mail-text.ts';

/** Somebody, maybe not its owner, asked for a new password of an account. */
export interface PasswordReset {
  readonly link: string;
  readonly until: Date;
}

/** The mail of a password reset. It greets nobody by name: that would be the work of whoever named the account. */
export function passwordResetMail({ link, until }: PasswordReset): MailText {
  return mailText({
    subject: 'Reset your AegisGuard password',
    before: ['Somebody asked to reset the password of your AegisGuard account.'],
    link: { label: 'Choose a new password', url: link },
    after: [
      `The link works once, until ${mailTime(until)}.`,
      'If it was not you, you need not do anything: your password stays as it is.',
    ],
  });
}
