/** The words for the name of a span, an operation or a service, which may be empty, or white space. */
export function spanName(name: string | undefined): string {
  return name === undefined || name.trim() === '' ? '(no name)' : name;
}
