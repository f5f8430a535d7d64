/** A member of an answer that is left out when it has no text. */
export function textMember<Name extends string>(name: Name, value: string): { [K in Name]?: string } {
  return value === '' ? {} : ({ [name]: value } as { [K in Name]?: string });
}
