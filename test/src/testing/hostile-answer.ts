import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { HostileRequest } from './hostile-requests.ts';

/** What came of a request. */
export interface HostileAnswer {
  /** Of a tail that began: 200 or 101. */
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly ms: number;
}

/** No answer may take longer: a query has 30 seconds. */
const ANSWER_MS_MAX = 35_000;
const TAIL_MS = 100;
const PATIENCE = 30;

/** Asks, and comes again where the server says that it is too busy. */
export async function ask(
  url: string,
  token: string,
  question: HostileRequest,
  patience = PATIENCE,
): Promise<HostileAnswer> {
  const began = performance.now();
  const { isBusy: mustWait, ...answer } =
    question.tail === 'socket' ? await watchSocket(url, token, question) : await fetchAnswer(url, token, question);
  if (mustWait && patience > 0) {
    await delay(500);
    return ask(url, token, question, patience - 1);
  }
  return { ...answer, ms: performance.now() - began };
}

/** https://www.rfc-editor.org/rfc/rfc6455#section-4.1 */
const UPGRADE = {
  connection: 'upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** The one kind of refusal that comes of load, not of the request: it says when to come again. */
function isBusy(status: number, retryAfter: string | undefined): boolean {
  return (status === 429 || status === 503) && retryAfter !== undefined;
}

type Raw = Omit<HostileAnswer, 'ms'> & { readonly isBusy: boolean };

async function fetchAnswer(url: string, token: string, question: HostileRequest): Promise<Raw> {
  const { method, path, search, json, form, tail, headers } = question;
  const stop = AbortSignal.timeout(ANSWER_MS_MAX);
  const answer = await fetch(`${url}${path}${search === undefined ? '' : `?${search}`}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
    body: form ?? (json === undefined ? null : JSON.stringify(json)),
    signal: stop,
  });
  const isTail = tail !== undefined && answer.status === 200;
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    text: isTail ? await beginningOf(answer) : await answer.text(),
    isBusy: isBusy(answer.status, answer.headers.get('retry-after') ?? undefined),
  };
}

/** What a stream brings within a moment. */
async function beginningOf({ body }: Response): Promise<string> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  const end = delay(TAIL_MS).then(() => ({ done: true as const, value: undefined }));
  let text = '';
  for (;;) {
    const { done, value } = (await Promise.race([reader?.read(), end])) ?? { done: true, value: undefined };
    if (done) {
      await reader?.cancel();
      return text;
    }
    text += value;
  }
}

/** A websocket as bytes: its frames are texts, and a refusal has a status, which Node's own client does not tell. */
function watchSocket(url: string, token: string, { path, search = '', headers }: HostileRequest): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}${path}?${search}`, {
      headers: { authorization: `Bearer ${token}`, ...UPGRADE, ...headers },
      timeout: ANSWER_MS_MAX,
    });
    asked.on('upgrade', (_, socket) => {
      let text = '';
      socket.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      socket.on('error', reject);
      void delay(TAIL_MS).then(() => {
        socket.destroy();
        resolve({ status: 101, type: '', text, isBusy: false });
      });
    });
    asked.on('response', (answer) => {
      const { statusCode = 0, headers: said } = answer;
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      answer.on('end', () => {
        resolve({
          status: statusCode,
          type: said['content-type'] ?? '',
          text,
          isBusy: isBusy(statusCode, said['retry-after']),
        });
      });
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer')));
    asked.on('error', reject);
    asked.end();
  });
}
