/** `12.5%` of a whole; nothing of nothing is 0%. */
export function shareWords(part: number, whole: number): string {
  const share = whole > 0 ? (part / whole) * 100 : 0;
  return share > 0 && share < 0.1 ? '<0.1%' : `${share >= 10 ? Math.round(share) : Number(share.toFixed(1))}%`;
}
