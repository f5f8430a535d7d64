// Series with the names and labels that the queries of https://github.com/prometheus/compliance/tree/main/promql ask for.
import { Random, type RemoteSample, type RemoteSeries } from '@aegisguard/testkit';

const INSTANCES = ['demo.promlabs.com:10000', 'demo.promlabs.com:10001', 'demo.promlabs.com:10002'];
const STEP_MS = 5000;
const BOUNDS = ['0.0001', '0.001', '0.005', '0.01', '0.05', '0.1', '0.5', '1', '5', '10', '25', '+Inf'];

/** A value at every time, one after the other. */
type Course = (timeMs: number) => number | 'stale' | undefined;

/** Series over the range, a sample each 5 s as the demo is scraped. No time is a whole second: on the edge of a window the versions of Prometheus disagree. Counters begin high, for they also disagree on how far one that begins near 0 is extrapolated. */
export function demoSeries(startMs: number, endMs: number): RemoteSeries[] {
  const random = new Random(42);
  return INSTANCES.flatMap((instance) => {
    const first = startMs + 137 + random.below(4000);
    const times: number[] = [];
    for (let timeMs = first; timeMs < endMs; timeMs += STEP_MS) {
      const jittered = timeMs + random.below(200);
      times.push(jittered % 1000 === 0 ? jittered + 1 : jittered);
    }
    const series = (name: string, labels: Readonly<Record<string, string>>, course: Course): RemoteSeries => ({
      labels: { __name__: `demo_${name}`, instance, job: 'demo', ...labels },
      samples: times.flatMap((timeMs): RemoteSample[] => {
        const value = course(timeMs);
        return value === undefined ? [] : [[timeMs, value]];
      }),
    });
    return [
      ...['free', 'used', 'cached', 'buffers'].map((type) => series('memory_usage_bytes', { type }, wander(random))),
      ...['user', 'system', 'idle'].map((mode) => series('cpu_usage_seconds_total', { mode }, count(random, 8))),
      series('num_cpus', {}, () => 4),
      series('disk_usage_bytes', {}, slope(random)),
      series('disk_total_bytes', {}, () => 250 * 1024 ** 3),
      series('batch_last_success_timestamp_seconds', {}, lastSuccess(random)),
      series('intermittent_metric', {}, intermittent(random)),
      ...requestSeries(random, series),
    ];
  });
}

/** A gauge that goes up and down. */
function wander(random: Random): Course {
  let value = 1e9 + random.below(5e8);
  return () => {
    value += random.below(2e7) - 1e7;
    return value;
  };
}

/** A counter that begins anew now and then, at a third. */
function count(random: Random, most: number): Course {
  let value = 1e6 + random.below(1e6);
  return () => {
    value = random.below(300) === 0 ? Math.floor(value / 3) : value + (random.below(1000) / 1000) * most;
    return value;
  };
}

/** A disk that fills, and is cleaned up. */
function slope(random: Random): Course {
  let value = 1e11;
  return () => {
    value += 1e6 + random.below(1e6) - (random.below(200) === 0 ? 2e8 : 0);
    return value;
  };
}

/** The time in seconds of something that happens each minute or so. */
function lastSuccess(random: Random): Course {
  let seconds = 0;
  return (timeMs) => {
    if (seconds === 0 || timeMs / 1000 - seconds > 60 + random.below(60)) {
      seconds = Math.floor(timeMs / 1000);
    }
    return seconds;
  };
}

/** There, marked as ended, gone for a while, there again. */
function intermittent(random: Random): Course {
  let left = 40;
  return () => {
    left -= 1;
    if (left > 0) {
      return random.below(100);
    }
    if (left === 0) {
      return 'stale';
    }
    left = left < -20 - random.below(40) ? 40 + random.below(40) : left;
    return undefined;
  };
}

/** A classic histogram per method and path. */
function requestSeries(
  random: Random,
  series: (name: string, labels: Readonly<Record<string, string>>, course: Course) => RemoteSeries,
): RemoteSeries[] {
  const kinds = [
    { method: 'GET', path: '/api/foo', status: '200' },
    { method: 'GET', path: '/api/bar', status: '200' },
    { method: 'POST', path: '/api/bar', status: '500' },
  ];
  return kinds.flatMap((labels) => {
    const name = 'api_request_duration_seconds';
    const rates = BOUNDS.map(() => random.below(20));
    const counts = BOUNDS.map((_, index) => 1e4 * (index + 1));
    // The first bucket's course goes on with all of them: a bucket has what the ones below it have.
    const buckets = BOUNDS.map(() => new Map<number, number>());
    const advance = (timeMs: number): void => {
      let below = 0;
      for (const [index, rate] of rates.entries()) {
        below += random.below(rate + 1);
        counts[index] = (counts[index] ?? 0) + below;
        buckets[index]?.set(timeMs, counts[index] ?? 0);
      }
    };
    let sum = 1e4;
    const total: Course = (timeMs) => buckets.at(-1)?.get(timeMs);
    return [
      ...BOUNDS.map((le, index) =>
        series(`${name}_bucket`, { ...labels, le }, (timeMs) => {
          if (index === 0) {
            advance(timeMs);
          }
          return buckets[index]?.get(timeMs);
        }),
      ),
      series(`${name}_count`, labels, total),
      series(`${name}_sum`, labels, () => {
        sum += random.below(1000) / 100;
        return sum;
      }),
    ];
  });
}
