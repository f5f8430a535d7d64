/** Where the open item is once another one was moved. */
export function placeAfterMove(open: number | undefined, from: number, to: number): number | undefined {
  if (open === undefined || open === from) {
    return open === undefined ? undefined : to;
  }
  const without = open > from ? open - 1 : open;
  return without >= to ? without + 1 : without;
}
