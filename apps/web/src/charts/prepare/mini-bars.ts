/** Bars without axes, one unit wide each, as one SVG path in a box of `counts.length` by `height`; what is not zero is never lower than `heightMin`. */
export function miniBarsPath(counts: readonly number[], height: number, heightMin: number): string {
  const top = Math.max(...counts, 1);
  return counts
    .map((count, index) => {
      const part = count <= 0 ? 0 : Math.max(heightMin, Math.round((count / top) * height));
      return part === 0 ? '' : `M${index} ${height - part}h.7v${part}h-.7z`;
    })
    .join('');
}
