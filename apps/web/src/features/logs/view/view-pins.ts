/** Labels that may stand first among the facets. */
const PINS_MAX = 20;

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,255}$/;

/** Reads `host,region`; undefined where nothing is said. */
export function parsePins(text: string | null): readonly string[] | undefined {
  if (text === null) {
    return undefined;
  }
  return [...new Set(text.split(',').filter((name) => NAME.test(name)))].slice(0, PINS_MAX);
}

/** Writes pins as `parsePins` reads them. */
export function printPins(pins: readonly string[]): string {
  return pins.join(',');
}

/** Pins a label as the last one, or takes it off. */
export function togglePin(pins: readonly string[], name: string): readonly string[] {
  return pins.includes(name) ? pins.filter((each) => each !== name) : [...pins, name].slice(0, PINS_MAX);
}
