/** The origin of web pages, or a pattern for some, as the allow-list of a browser key takes them; undefined for anything else. */
export function readOrigin(text: string): string | undefined {
  // What people copy from the address bar ends in a slash.
  const origin = text.trim().replace(/\/+$/, '');
  return origin === '*' || /^https?:\/\/[^\s/?#]+$/.test(origin) ? origin : undefined;
}
