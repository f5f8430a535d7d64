/** A mail as its reader sees it. */
export interface MailContent {
  readonly subject: string;
  /** By lower-case name, unfolded. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly html: string;
}

/** Reads what mails of ours are written in: one level of multipart, quoted-printable, base64, encoded words. https://www.rfc-editor.org/rfc/rfc2045 and https://www.rfc-editor.org/rfc/rfc2047 */
export function readMail(raw: string): MailContent {
  const { headers, body } = splitPart(raw);
  const boundary = /boundary="?([^";]+)/i.exec(headers['content-type'] ?? '')?.[1];
  const parts = boundary === undefined ? [raw] : body.split(`--${boundary}`).slice(1, -1);
  const byType = (type: string): string => {
    const found = parts.map(splitPart).find((part) => (part.headers['content-type'] ?? '').startsWith(type));
    return found === undefined ? '' : decodeBody(found.body, found.headers['content-transfer-encoding'] ?? '7bit');
  };
  return {
    subject: decodeWords(headers.subject ?? ''),
    headers,
    text: byType('text/plain'),
    html: byType('text/html'),
  };
}

function splitPart(part: string): { headers: Record<string, string>; body: string } {
  const text = part.replace(/^\r\n/, '');
  const end = text.indexOf('\r\n\r\n');
  const lines = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { headers: Object.fromEntries(headers), body: text.slice(end + 4) };
}

function decodeBody(body: string, encoding: string): string {
  const text = encoding === 'base64' ? Buffer.from(body, 'base64').toString() : body;
  const plain = encoding === 'quoted-printable' ? decodeQuotedPrintable(text.replace(/=\r\n/g, '')) : text;
  return plain.replaceAll('\r\n', '\n').trimEnd();
}

function decodeQuotedPrintable(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_word, encoding: string, data: string) =>
      encoding.toLowerCase() === 'b'
        ? Buffer.from(data, 'base64').toString()
        : decodeQuotedPrintable(data.replaceAll('_', ' ')),
    );
}
