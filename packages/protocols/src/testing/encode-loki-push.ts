import protobuf from 'protobufjs/minimal.js';

/** A push as both forms can say it. */
export interface PlainPush {
  readonly streams: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly entries: readonly PlainEntry[];
  }[];
}

/** `nanos` since the Unix epoch. */
export interface PlainEntry {
  readonly nanos: bigint;
  readonly line: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The push as Promtail's JSON mode and most libraries write it. */
export function encodeLokiJson({ streams }: PlainPush): Buffer {
  const body = {
    streams: streams.map(({ labels, entries }) => ({
      stream: labels,
      values: entries.map(({ nanos, line, metadata }) =>
        metadata === undefined ? [String(nanos), line] : [String(nanos), line, metadata],
      ),
    })),
  };
  return Buffer.from(JSON.stringify(body));
}

/** The push as Promtail, Alloy and Loki's own clients write it, not yet compressed. */
export function encodeLokiProtobuf({ streams }: PlainPush): Uint8Array {
  const writer = protobuf.Writer.create();
  for (const { labels, entries } of streams) {
    writer.uint32(0x0a).fork().uint32(0x0a).string(labelText(labels));
    for (const entry of entries) {
      writeEntry(writer.uint32(0x12).fork(), entry).ldelim();
    }
    writer.ldelim();
  }
  return writer.finish();
}

/** Labels as Go's `%q` would quote them, but for what needs no quoting. */
function labelText(labels: Readonly<Record<string, string>>): string {
  const quote = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
  return `{${Object.entries(labels)
    .map(([name, value]) => `${quote(name)}=${quote(value)}`)
    .join(', ')}}`;
}

function writeEntry(writer: protobuf.Writer, { nanos, line, metadata = {} }: PlainEntry): protobuf.Writer {
  const seconds = nanos / 1_000_000_000n - (nanos % 1_000_000_000n < 0n ? 1n : 0n);
  const rest = Number(nanos - seconds * 1_000_000_000n);
  writer.uint32(0x0a).fork().uint32(0x08).int64(Number(seconds)).uint32(0x10).int32(rest).ldelim();
  writer.uint32(0x12).string(line);
  for (const [name, value] of Object.entries(metadata)) {
    writer.uint32(0x1a).fork().uint32(0x0a).string(name).uint32(0x12).string(value).ldelim();
  }
  return writer;
}
