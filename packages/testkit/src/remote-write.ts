// https://prometheus.io/docs/specs/prw/remote_write_spec/
import { protobufMessage } from './protobuf-message.ts';
import { snappyLiterals } from './snappy-literals.ts';

const STALE = 0x7ff0000000000002n;

/** A series as it is written, ascending in time. */
export interface RemoteSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly RemoteSample[];
}

/** A sample, or the marker that its series has ended. */
export type RemoteSample = readonly [timeMs: number, value: number | 'stale'];

/** Writes series to an address that takes remote write 1.0; throws unless everything is taken. */
export async function remoteWrite(url: string, token: string, series: readonly RemoteSeries[]): Promise<void> {
  const answer = await fetch(`${url}/api/v1/write`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/x-protobuf',
      'content-encoding': 'snappy',
      'x-prometheus-remote-write-version': '0.1.0',
    },
    body: remoteWriteBody(series),
  });
  if (answer.status !== 204) {
    throw new Error(`remote write answered ${answer.status}: ${await answer.text()}`);
  }
}

function remoteWriteBody(series: readonly RemoteSeries[]): Buffer {
  const timeseries = series.map(({ labels, samples }) =>
    protobufMessage({
      1: Object.entries(labels)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([name, value]) => protobufMessage({ 1: name, 2: value })),
      2: samples.map(([time, value]) => protobufMessage({ 1: value === 'stale' ? STALE : { double: value }, 2: time })),
    }),
  );
  return snappyLiterals(protobufMessage({ 1: timeseries }));
}
