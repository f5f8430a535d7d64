import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import { type Written, written } from './serves.ts';

/** What is smaller is sent as soon as it would be compressed. */
const LENGTH_MIN = 64 * 1024;

// The lowest levels: the next ones take several times as long for a few per cent.
const CODERS: Readonly<Record<string, (text: string) => Promise<Buffer>>> = {
  br: (text) => promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  gzip: (text) => promisify(gzip)(text, { level: 1 }),
};

/** Sends a JSON text as `written` does, in a coding that the client takes when it is large; a thread makes it. https://www.rfc-editor.org/rfc/rfc9110#field.accept-encoding */
export async function compressed<Answer>(reply: FastifyReply, json: string): Promise<Written<Answer>> {
  const text = written<Answer>(reply, json);
  const coding = chosenCoding(reply.request.headers['accept-encoding']);
  void reply.header('vary', 'accept-encoding');
  const code = coding === undefined ? undefined : CODERS[coding];
  if (code === undefined || json.length < LENGTH_MIN) {
    return text;
  }
  const bytes: Written<Answer> = await code(json);
  // Not before: of an error's answer it would be wrong.
  void reply.header('content-encoding', coding);
  return bytes;
}

/** The best coding of a header that is known here; undefined when the client wants none. */
export function chosenCoding(header: string | string[] | undefined): string | undefined {
  const wishes = new Map(
    String(header ?? '')
      .toLowerCase()
      .split(',')
      .map((wish) => {
        const [name = '', weight = 'q=1'] = wish.split(';').map((part) => part.trim());
        return [name, Number(weight.replace(/^q=/, ''))] as const;
      }),
  );
  return Object.keys(CODERS).find((name) => (wishes.get(name) ?? wishes.get('*') ?? 0) > 0);
}
