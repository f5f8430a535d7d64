import { parseOrgId } from '@aegisguard/model';
import { protobufMessage } from '@aegisguard/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BodyVerifier } from './body-verifier.ts';
import { SeriesGates } from './series-gates.ts';
import { verifyMetrics } from './verify-body.ts';

const ORG = parseOrgId('00000000-0000-7000-8000-00000000000a');
const SERIES = 20_000;
const RECEIVED_MS = 1_750_000_000_000;
const OPTIONS = { receivedAtMs: RECEIVED_MS, retentionDays: 30 };

let verifier: BodyVerifier;

beforeAll(() => {
  verifier = new BodyVerifier(pino({ level: 'silent' }));
});

afterAll(() => verifier.close());

/** Remote write 1.0: so many series with two samples each, of which a tenth is too old. */
function largeBody(): Buffer {
  const series = Array.from({ length: SERIES }, (_, n) =>
    protobufMessage({
      1: [protobufMessage({ 1: '__name__', 2: 'large' }), protobufMessage({ 1: 'n', 2: String(n).padStart(20, '0') })],
      2: [
        protobufMessage({ 1: { double: 1 }, 2: n % 10 === 0 ? 1000 : RECEIVED_MS - 1000 }),
        protobufMessage({ 1: { double: 2 }, 2: RECEIVED_MS }),
      ],
    }),
  );
  return protobufMessage({ 1: series });
}

it.each([0, SERIES, 15_000, 1])(
  'a large body of metrics has the same verdict in a thread as here, with %i series allowed',
  async (max) => {
    const body = largeBody();
    expect(body.length).toBeGreaterThan(1024 ** 2);
    const here = verifyMetrics('remote-write-1', body, { ...OPTIONS, seriesGate: new SeriesGates().open(ORG, max) });
    const { verdict, body: back } = await verifier.metrics(
      'remote-write-1',
      Buffer.from(body),
      OPTIONS,
      new SeriesGates().open(ORG, max),
    );
    expect(verdict).toEqual(here);
    expect(Buffer.compare(Buffer.from(back), body)).toBe(0);
    expect(here.total).toBe(2 * SERIES);
  },
);

it('what cannot be read at all is refused from there, too', async () => {
  const body = largeBody().subarray(0, -3);
  await expect(
    verifier.metrics('remote-write-1', Buffer.from(body), OPTIONS, new SeriesGates().open(ORG, null)),
  ).rejects.toMatchObject({ code: 'invalid-protobuf' });
});
