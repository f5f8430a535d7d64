/** The id of a trace in what a person typed or pasted: 32 hexadecimal digits, alone or anywhere in a link; undefined when there is none. */
export function traceIdIn(text: string): string | undefined {
  const inPath = /\/traces\/([0-9a-f]{32})(?![0-9a-f])/i.exec(text);
  const alone = /(?<![0-9a-f])([0-9a-f]{32})(?![0-9a-f])/i.exec(text);
  return (inPath ?? alone)?.[1]?.toLowerCase();
}
