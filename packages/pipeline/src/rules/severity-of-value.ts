import { levelOfAttributes } from '../stages/levels/level-of-attributes.ts';
import { severityNumberOf } from '../stages/severity-names.ts';

/** OpenTelemetry's severity number of a level's name, of its own numbers, or of pino's and Python's (10, 20 …); 0 for what is none. */
export function severityOfValue(value: string): number {
  const byName = severityNumberOf(value.trim());
  return byName === 0 && value !== '' && Number.isFinite(Number(value))
    ? (levelOfAttributes({ level: Number(value) })?.severityNumber ?? 0)
    : byName;
}
