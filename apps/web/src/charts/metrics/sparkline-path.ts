const WIDTH = 100;
const HEIGHT = 30;

/** The course of values as an SVG path in a box of 100 by 30, from left to right; empty for fewer than two. */
export function sparklinePath(values: readonly (number | null)[]): string {
  const known = values.map((value) => (value === null || !Number.isFinite(value) ? null : value));
  const finite = known.filter((value) => value !== null);
  if (finite.length < 2) {
    return '';
  }
  let least = finite[0] ?? 0;
  let most = least;
  for (const value of finite) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const span = most - least || 1;
  let last = least;
  const points = known.map((value, index) => {
    last = value ?? last;
    const x = (index / (known.length - 1)) * WIDTH;
    const y = HEIGHT - 2 - ((last - least) / span) * (HEIGHT - 4);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return `M${points.join('L')}`;
}
