/** The words for the name of a span, an operation or a service, which may be empty. */
export function spanName(name: string | undefined): string {
  return name === undefined || name === '' ? '(no name)' : name;
}
