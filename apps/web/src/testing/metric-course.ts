/** Bytes of a GiB. */
const GIB = 2 ** 30;
const DAY_SECONDS = 86_400;

/** A value by the time and by how many there were before. */
type Course = (timeMs: number, step: number) => number;

/** How much a counter grows from one sample to the next. */
function growth(name: string): number {
  const isSeldom = /oom|restarts|fail|err/.test(name);
  return name.includes('bytes') ? 4_000_000 : name.includes('seconds') ? 9 : isSeldom ? 0.2 : 120;
}

/** About what a gauge is. */
function level(name: string, isBytes: boolean): number {
  const isWhole = /total|capacity|limit|size|max|machine/i.test(name);
  return (isBytes ? GIB : 1) * (isWhole ? 16 : 2);
}

/** How a metric goes, as its name lets expect it: counters rise, times are times, others move about a level. `part` is the share of a histogram's observations in a bucket. */
export function courseOf(
  { __name__: name = '', resource }: Readonly<Record<string, string>>,
  { isCounter, equals }: { readonly isCounter: boolean; readonly equals: number | undefined },
  index: number,
  part: number,
): Course {
  const own = 1 + (index % 7) / 5;
  if (equals !== undefined || /^up$|_info$|_labels$|successful$/.test(name)) {
    return () => equals ?? 1;
  }
  if (/boot_time|_created$|start_time/.test(name)) {
    return (timeMs, step) => timeMs / 1000 - 5 * DAY_SECONDS - step * 30;
  }
  if (name.endsWith('time_seconds')) {
    return (timeMs) => timeMs / 1000;
  }
  if (isCounter || /_(?:total|bucket|sum|count)$/.test(name)) {
    const each = growth(name) * own * part;
    return (_, step) => Math.floor(each * (step + 20 + 2 * Math.sin(step / 9)));
  }
  const about = level(name, resource === 'memory' || name.includes('bytes')) * own;
  return (_, step) => Math.round(about * (1 + 0.2 * Math.sin(step / 15 + index)) * 1000) / 1000;
}
