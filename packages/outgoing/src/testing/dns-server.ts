import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** IPv4 addresses of a name at its next question; none: there is no such name; undefined: no answer at all. */
export type Answers = (name: string) => readonly string[] | undefined;

/** A DNS server of the tests' own. */
export interface TestDnsServer {
  /** `address:port`, for `createResolver`. */
  readonly address: string;
  stop(): void;
}

const HEADER_BYTES = 12;
const TYPE_A = 1;
/** An answer, recursion available; with NXDOMAIN where there is no such name. */
const FLAGS = 0x8180;
const NO_SUCH_NAME = 3;

/** Starts a DNS server on the loopback that is asked for A records: https://www.rfc-editor.org/rfc/rfc1035#section-4 */
export async function startDnsServer(answers: Answers): Promise<TestDnsServer> {
  const socket = createSocket('udp4');
  // A client that waited too long asks again, under the same id: that is the same question.
  const given = new Map<string, ReturnType<Answers>>();
  socket.on('message', (question, { address, port }) => {
    const { name, type, end } = readQuestion(question);
    const asked = question.toString('latin1', 0, end);
    if (!given.has(asked)) given.set(asked, type === TYPE_A ? answers(name) : []);
    const found = given.get(asked);
    if (found !== undefined) socket.send(writeAnswer(question.subarray(0, end), found, type), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { address: `127.0.0.1:${socket.address().port}`, stop: () => socket.close() };
}

function readQuestion(message: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

function writeAnswer(question: Buffer, found: readonly string[], type: number): Buffer {
  const header = Buffer.from(question);
  header.writeUInt16BE(FLAGS | (type === TYPE_A && found.length === 0 ? NO_SUCH_NAME : 0), 2);
  header.writeUInt16BE(found.length, 6);
  header.writeUInt32BE(0, 8);
  // The name by a pointer to the question's, type A, class IN, not to be kept, four bytes.
  const records = found.map((address) =>
    Buffer.from([0xc0, HEADER_BYTES, 0, TYPE_A, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]),
  );
  return Buffer.concat([header, ...records]);
}
