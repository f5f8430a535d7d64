import type { MailText } from '../../platform/mailer.ts';

/** A mail before it has a form. */
export interface MailDraft {
  readonly subject: string;
  /** Names in them have gone through `plainName`. */
  readonly before: readonly string[];
  /** A link of our own, on a line of its own. */
  readonly link?: { readonly label: string; readonly url: string };
  readonly after: readonly string[];
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The mail as plain text and as HTML: the same sentences, the same single link. */
export function mailText({ subject, before, link, after }: MailDraft): MailText {
  const html = [
    ...before.map(paragraph),
    ...(link === undefined ? [] : [`<p><a href="${escaped(link.url)}">${escaped(link.label)}</a></p>`]),
    ...after.map(paragraph),
  ];
  return {
    subject,
    text: `${[...before, ...(link === undefined ? [] : [link.url]), ...after].join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body>\n${html.join('\n')}\n</body></html>\n`,
  };
}

/** A moment as people read it, the same for everybody. */
export function mailTime(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function paragraph(text: string): string {
  return `<p>${escaped(text)}</p>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
