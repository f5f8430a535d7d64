/** Places of the theme's palette that services may have; the red one means that something failed. */
const PLACES = [0, 1, 2, 4, 5, 6, 7] as const;

/** FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/** A place of the palette for each service: the same in every trace, unless two of a trace would share one while another is free. */
export function servicePlaces(services: readonly string[]): Uint8Array {
  const places = new Uint8Array(services.length);
  const uses = PLACES.map(() => 0);
  const byName = services.map((name, index) => ({ name, index })).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, index } of byName) {
    const wanted = hash(name) % PLACES.length;
    const least = Math.min(...uses);
    const from = PLACES.map((_, step) => (wanted + step) % PLACES.length);
    const chosen = from.find((place) => uses[place] === least) ?? wanted;
    uses[chosen] = (uses[chosen] ?? 0) + 1;
    places[index] = PLACES[chosen] ?? 0;
  }
  return places;
}
