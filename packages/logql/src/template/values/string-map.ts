/** A `map[string]string` whose entries are made when a template asks for all of them. */
export class StringMap {
  readonly get: (name: string) => string | undefined;
  readonly entries: () => Readonly<Record<string, string>>;

  constructor(get: (name: string) => string | undefined, entries: () => Readonly<Record<string, string>>) {
    this.get = get;
    this.entries = entries;
  }
}
