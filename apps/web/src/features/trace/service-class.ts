/** Classes by the place of a service's colour, for what is drawn by the thousand: styles that come from classes alone are shared among elements, those of style attributes are not. */
const FILLS = [
  'bg-series-1',
  'bg-series-2',
  'bg-series-3',
  'bg-series-4',
  'bg-series-5',
  'bg-series-6',
  'bg-series-7',
  'bg-series-8',
] as const;

const EDGES = [
  'border-series-1',
  'border-series-2',
  'border-series-3',
  'border-series-4',
  'border-series-5',
  'border-series-6',
  'border-series-7',
  'border-series-8',
] as const;

/** The class that fills with the colour at a place. */
export function serviceFill(place: number): string {
  return FILLS[place] ?? FILLS[0];
}

/** The class that gives a border the colour at a place. */
export function serviceEdge(place: number): string {
  return EDGES[place] ?? EDGES[0];
}
