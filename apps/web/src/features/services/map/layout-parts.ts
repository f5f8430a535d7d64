import type { MapBox, MapLayout, MapLink, MapPoint } from './layout-map.ts';

/** Boxes that are linked to one another, directly or through others, with the places of their links among all. */
export interface MapPart {
  readonly boxes: readonly MapBox[];
  readonly links: readonly (readonly [MapLink, number])[];
}

/** What is linked with nothing else, part by part; links whose ends are not among the boxes are in none. */
export function linkedParts(boxes: readonly MapBox[], links: readonly MapLink[]): readonly MapPart[] {
  const partOf = new Map<string, { boxes: MapBox[]; links: [MapLink, number][] }>(
    boxes.map((box) => [box.id, { boxes: [box], links: [] }]),
  );
  for (const [place, link] of links.entries()) {
    const [from, to] = [partOf.get(link.from), partOf.get(link.to)];
    if (from === undefined || to === undefined) {
      continue;
    }
    from.links.push([link, place]);
    if (from !== to) {
      from.boxes.push(...to.boxes);
      from.links.push(...to.links);
      for (const { id } of to.boxes) {
        partOf.set(id, from);
      }
    }
  }
  return [...new Set(partOf.values())];
}

/** Moves a part's layout. */
function moved({ x, y }: MapPoint, by: MapPoint): MapPoint {
  return { x: x + by.x, y: y + by.y };
}

/** Puts the layouts of parts side by side, in rows, the largest first, so that all of them have about the shape of a window. */
export function packParts(
  parts: readonly { readonly part: MapPart; readonly layout: MapLayout }[],
  linkCount: number,
  widthPerHeight: number,
): MapLayout {
  const area = parts.reduce((sum, { layout }) => sum + layout.width * layout.height, 0);
  const widest = Math.max(Math.sqrt(area * widthPerHeight), ...parts.map(({ layout }) => layout.width));
  const places = new Map<string, MapPoint>();
  const ways: (readonly MapPoint[])[] = Array.from({ length: linkCount }, () => []);
  let [x, y, rowHeight, width] = [0, 0, 0, 0];
  for (const { part, layout } of parts.toSorted((a, b) => b.layout.height - a.layout.height)) {
    if (x > 0 && x + layout.width > widest) {
      [x, y, rowHeight] = [0, y + rowHeight, 0];
    }
    const at = { x, y };
    for (const [id, place] of layout.places) {
      places.set(id, moved(place, at));
    }
    for (const [index, [, place]] of part.links.entries()) {
      ways[place] = (layout.ways[index] ?? []).map((point) => moved(point, at));
    }
    x += layout.width;
    width = Math.max(width, x);
    rowHeight = Math.max(rowHeight, layout.height);
  }
  return { width, height: y + rowHeight, places, ways };
}
