/** What YAML gives: scalars as texts, or what another reader made of them. */
export type YamlValue =
  | null
  | undefined
  | string
  | number
  | boolean
  | bigint
  | readonly YamlValue[]
  | { readonly [name: string]: YamlValue };

/** A stage cannot be read, as Promtail would not start with it. */
export class StageFault extends Error {
  override readonly name = 'StageFault';
}

function isMap(value: YamlValue): value is { readonly [name: string]: YamlValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of a stage's configuration, of which each is asked for once; what nobody asks for is told. */
export class StageFields {
  private readonly members: Map<string, YamlValue>;

  constructor(value: YamlValue) {
    if (value !== null && value !== undefined && !isMap(value)) {
      throw new StageFault('a map is expected here');
    }
    this.members = new Map(Object.entries(value ?? {}));
  }

  /** The names that were not asked for. */
  get rest(): readonly string[] {
    return [...this.members.keys()];
  }

  has(name: string): boolean {
    return this.members.has(name);
  }

  take(name: string): YamlValue {
    const value = this.members.get(name);
    this.members.delete(name);
    return value;
  }

  /** A scalar as a text; undefined for none. */
  text(name: string): string | undefined {
    const value = this.take(name);
    if (value === null || value === undefined) {
      return undefined;
    }
    if (typeof value === 'object') {
      throw new StageFault(`${name} must be a text`);
    }
    return String(value);
  }

  /** A text that must be there and not be empty. */
  need(name: string): string {
    const text = this.text(name);
    if (text === undefined || text === '') {
      throw new StageFault(`${name} is needed`);
    }
    return text;
  }

  /** The name of a value: absent, or not empty. */
  source(): string | undefined {
    const source = this.text('source');
    if (source === '') {
      throw new StageFault('source must not be empty');
    }
    return source;
  }

  truth(name: string, otherwise: boolean): boolean {
    const text = this.text(name);
    if (text !== undefined && text !== 'true' && text !== 'false') {
      throw new StageFault(`${name} must be true or false`);
    }
    return text === undefined ? otherwise : text === 'true';
  }

  /** A list of texts; one text is a list of one. */
  list(name: string): readonly string[] {
    return textList(this.take(name), name);
  }

  /** A map of texts, where nothing is an empty one. */
  map(name: string): Record<string, string> {
    return textMap(this.take(name), name);
  }
}

/** A list of texts, or one. */
export function textList(value: YamlValue, name: string): readonly string[] {
  if (value === null || value === undefined) {
    return [];
  }
  const items = Array.isArray(value) ? (value as readonly YamlValue[]) : [value];
  return items.map((item) => {
    if (typeof item === 'object' || item === undefined) {
      throw new StageFault(`${name} must be a text or a list of texts`);
    }
    return String(item);
  });
}

/** A map of texts, where nothing is an empty one. */
export function textMap(value: YamlValue, name: string): Record<string, string> {
  if (value === null || value === undefined) {
    return {};
  }
  if (!isMap(value)) {
    throw new StageFault(`${name} must be a map`);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (typeof member === 'object' && member !== null) {
        throw new StageFault(`${name}: ${key} must be a text`);
      }
      return [key, String(member ?? '')];
    }),
  );
}
