import type { MailText } from '../../platform/mailer.ts';
import { mailText, mailTime } from './mail-text.ts';

/** A password was changed, by its owner or by a reset. */
export interface PasswordChange {
  readonly at: Date;
}

/** The notice of a changed password. It has no link, so that nobody learns to follow one of these. */
export function passwordChangedMail({ at }: PasswordChange): MailText {
  return mailText({
    subject: 'Your AegisGuard password was changed',
    before: [
      `The password of your AegisGuard account was changed at ${mailTime(at)}. All other sessions were ended.`,
      'If it was not you, reset your password from the login page and tell an owner of your organization.',
    ],
    after: [],
  });
}
