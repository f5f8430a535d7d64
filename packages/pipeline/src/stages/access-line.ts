// https://httpd.apache.org/docs/current/logs.html#combined, which nginx writes, too

/** What a line of a web server's access log says of the client. */
export interface AccessLine {
  readonly address: string;
  readonly userAgent: string;
}

const QUOTE = 34;
const BACKSLASH = 92;
/** An address, identity and user, and the time before the request. */
const HEAD = /^([\d.]{7,15}|[0-9A-Fa-f:.]{3,45}) [^[\n]{3,120}\[[^\]\n]{10,40}\] "/;
const STATUS = / \d{3} (?:\d{1,15}|-) "/y;

/** Reads a line in the combined format, whatever follows it; `undefined` for any other text, most of which the first character rules out. */
export function readAccessLine(message: string): AccessLine | undefined {
  const first = message.charCodeAt(0);
  // A digit: public IPv6 addresses begin with 2 or 3.
  const head = first >= 48 && first <= 57 ? HEAD.exec(message) : null;
  if (head === null) {
    return undefined;
  }
  STATUS.lastIndex = endOfQuoted(message, head[0].length) + 1;
  const status = STATUS.lastIndex === 0 ? null : STATUS.exec(message);
  const referer = status === null ? -1 : endOfQuoted(message, STATUS.lastIndex);
  if (referer === -1 || !message.startsWith(' "', referer + 1)) {
    return undefined;
  }
  const from = referer + 3;
  const to = endOfQuoted(message, from);
  return to === -1 ? undefined : { address: head[1] ?? '', userAgent: message.slice(from, to) };
}

/** Where the quote is that ends a text which began before `from`; -1 when it does not end. */
function endOfQuoted(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      return at;
    }
    at += code === BACKSLASH ? 1 : 0;
  }
  return -1;
}
