/** An event of a live tail. */
export interface TailEvent {
  readonly type: string;
  readonly id: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A live tail that is read as it comes. */
export interface TestTail {
  readonly status: number;
  readonly events: readonly TailEvent[];
  /** Lines that were told to be missed. */
  dropped(): number;
  /** The messages of the logs that came. */
  messages(): readonly unknown[];
  /** How the stream ended; undefined while it goes on. */
  end(): 'ended' | 'broken' | undefined;
  close(): void;
}

/** What else may be said. */
interface TailWishes {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Nothing more than the beginning is read before. */
  readonly readsAfter?: Promise<void>;
  readonly onEvent?: (event: TailEvent) => void;
}

/** Opens `GET /query/logs/tail`, and answers when it has begun: its first bytes are there. */
export async function openTail(
  url: string,
  token: string,
  query: string,
  { parameters = {}, headers = {}, readsAfter = Promise.resolve(), onEvent = () => undefined }: TailWishes = {},
): Promise<TestTail> {
  const stop = new AbortController();
  const answer = await fetch(`${url}/query/logs/tail?${new URLSearchParams({ query, ...parameters })}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: stop.signal,
  });
  const events: TailEvent[] = [];
  let end: ReturnType<TestTail['end']>;
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = (await reader?.read())?.value ?? '';
  const readAll = async (): Promise<void> => {
    for (;;) {
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      const come = blocks.filter((block) => !block.startsWith(':')).map(readEvent);
      events.push(...come);
      come.forEach(onEvent);
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) {
        return;
      }
      text += value;
    }
  };
  if (answer.status === 200) {
    void readsAfter.then(readAll).then(
      () => {
        end = 'ended';
      },
      () => {
        end = 'broken';
      },
    );
  }
  const logs = () => events.filter(({ type }) => type === 'message');
  return {
    status: answer.status,
    events,
    dropped: () =>
      events.filter(({ type }) => type === 'dropped').reduce((sum, { data }) => sum + Number(data.count), 0),
    messages: () => logs().map(({ data }) => data.message),
    end: () => end,
    close: () => stop.abort(),
  };
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation, as far as ours goes. */
function readEvent(block: string): TailEvent {
  const fields = new Map(
    block.split('\n').map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)] as const;
    }),
  );
  return {
    type: fields.get('event') ?? 'message',
    id: fields.get('id'),
    data: JSON.parse(fields.get('data') ?? '{}') as Record<string, unknown>,
  };
}
