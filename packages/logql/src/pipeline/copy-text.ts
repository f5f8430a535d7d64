/** The same text in memory of its own: a part of a line keeps the whole line in memory for as long as it is kept. */
export function copyText(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
