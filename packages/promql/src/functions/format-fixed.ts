// Numbers in Prometheus's messages are written as Go's `%f`: https://pkg.go.dev/fmt
import { formatGeneral } from './format-general.ts';

/** Six digits behind the point. */
export function formatFixed(value: number): string {
  return Number.isFinite(value) ? value.toFixed(6) : formatGeneral(value);
}
