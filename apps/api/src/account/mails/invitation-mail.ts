import type { MailText } from '../../platform/mailer.ts';
import { mailText, mailTime } from './mail-text.ts';
import { plainName } from './plain-name.ts';

/** Somebody is asked to join an organization. */
export interface Invitation {
  readonly organizationName: string;
  readonly inviterName: string;
  readonly link: string;
  readonly until: Date;
}

/** The mail of an invitation. */
export function invitationMail({ organizationName, inviterName, link, until }: Invitation): MailText {
  const organization = plainName(organizationName);
  return mailText({
    subject: `Invitation to ${organization}`,
    before: [`${plainName(inviterName)} invites you to the organization ${organization} on AegisGuard.`],
    link: { label: 'Accept the invitation', url: link },
    after: [
      `The link works once, until ${mailTime(until)}.`,
      'If you do not know what this is about, you need not do anything: without the link nothing happens.',
    ],
  });
}
