import { isIP } from 'node:net';
import type { MailText } from '../../platform/mailer.ts';
import { mailText, mailTime } from './mail-text.ts';
import { plainName } from './plain-name.ts';

/** A login from a device that the account was not used from before. */
export interface NewDevice {
  readonly at: Date;
  /** What the device says of itself, e.g. `Firefox on Linux`. */
  readonly device: string;
  readonly address: string;
}

/** The notice of a login from a new device. It has no link, so that nobody learns to follow one of these. */
export function newDeviceMail({ at, device, address }: NewDevice): MailText {
  const from = isIP(address) === 0 ? '' : ` from the address ${address}`;
  return mailText({
    subject: 'New login to your AegisGuard account',
    before: [
      `Your AegisGuard account was logged in to at ${mailTime(at)} with ${plainName(device)}${from}.`,
      'If it was not you, change your password and end that session under Security in your account.',
    ],
    after: [],
  });
}
