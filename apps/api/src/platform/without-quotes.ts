/** What the language's own errors say of values, as V8 words it: https://github.com/v8/v8/blob/main/src/common/message-template.h */
const QUOTES: readonly (readonly [RegExp, string])[] = [
  [/Unexpected (?:token|string|number|identifier)[\s\S]*? is not valid JSON/g, 'Unexpected … is not valid JSON'],
  [/"[^"]*" is not valid JSON/g, '… is not valid JSON'],
  [/Cannot convert [\s\S]*? to a BigInt/g, 'Cannot convert … to a BigInt'],
  [/ on (string|number|boolean|bigint) '[\s\S]*?'(?=\n|$)/g, ' on $1 …'],
  [/ operator to search for [\s\S]*? in [^\n]*/g, ' operator to search for … in …'],
];

/** An error's message or stack without the values that it quotes: they may be a person's, and logs and dead letters' reasons are read by others. */
export function withoutQuotes(text: string): string {
  return QUOTES.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}
