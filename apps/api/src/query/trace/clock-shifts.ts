import { SPAN_KINDS, type TraceColumns } from '@aegisguard/model';
import type { TraceTree } from './trace-tree.ts';

const CLIENT = SPAN_KINDS.indexOf('client');
const SERVER = SPAN_KINDS.indexOf('server');

/**
 * By how many nanoseconds each span is moved because another clock than its parent's timed it. In kind as Jaeger (https://www.jaegertracing.io/docs/latest/operations/deployment/ "Clock Skew Adjustment") and Zipkin do: from the roots down, a span of another machine that cannot be where it says is moved into its
 * parent, with the time that is left on both sides alike; what else happened on that machine moves along.
 */
export function clockShifts(columns: TraceColumns, tree: TraceTree, isAsync: Uint8Array): Float64Array {
  const { startTimes, durations } = columns;
  const shifts = new Float64Array(startTimes.length);
  for (const index of parentsFirst(tree)) {
    const above = tree.parent[index] ?? -1;
    if (above === -1) {
      continue;
    }
    const aboveShift = shifts[above] ?? 0;
    if (!hasOtherClock(columns, index, above)) {
      shifts[index] = aboveShift;
      continue;
    }
    const into = Number((startTimes[index] ?? 0n) - (startTimes[above] ?? 0n)) - aboveShift;
    const room = (durations[above] ?? 0) - (durations[index] ?? 0);
    if (isMisplaced(columns, index, above, into, room, isAsync[index] === 1)) {
      const place = isAsync[index] === 1 ? 0 : Math.max(0, Math.floor(room / 2));
      shifts[index] = place - into;
    }
  }
  return shifts;
}

/** A machine is known by its host, and where hosts are not said by the service. */
function hasOtherClock({ hosts, services }: TraceColumns, index: number, above: number): boolean {
  return hosts[index] !== '' && hosts[above] !== ''
    ? hosts[index] !== hosts[above]
    : services[index] !== services[above];
}

/** Nothing begins before what caused it. What a client waited for ended before the client did; anything else may go on or begin when its parent is over. `into`: start after the parent's; `room`: by how much the parent is longer. */
function isMisplaced(
  { kinds }: TraceColumns,
  index: number,
  above: number,
  into: number,
  room: number,
  isAsync: boolean,
): boolean {
  const isCall = !isAsync && kinds[above] === CLIENT && kinds[index] === SERVER;
  return into < 0 || (isCall && room >= 0 && into > room);
}

/** Every span after its parent. */
function parentsFirst({ roots, children, childrenFrom, parent }: TraceTree): Int32Array {
  const order = new Int32Array(parent.length);
  order.set(roots);
  let end = roots.length;
  for (let place = 0; place < end; place += 1) {
    const index = order[place] ?? 0;
    const own = children.subarray(childrenFrom[index] ?? 0, childrenFrom[index + 1] ?? 0);
    order.set(own, end);
    end += own.length;
  }
  return order;
}
