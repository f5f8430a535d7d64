// https://grafana.com/docs/loki/latest/reference/loki-http-api/#stream-log-messages

/** What Loki's websocket brings. */
export interface LokiFrame {
  readonly streams: readonly {
    readonly stream: Record<string, string>;
    readonly values: readonly [string, string][];
  }[];
  readonly dropped_entries?: readonly object[];
}

/** Opens Loki's tail, and answers when it is a websocket. */
export function openSocket(
  url: string,
  query: string,
  token: string,
  more: Readonly<Record<string, string>> = {},
  onFrame: (frame: LokiFrame) => void = () => undefined,
): Promise<{ readonly frames: readonly LokiFrame[]; readonly socket: WebSocket }> {
  const address = `${url.replace('http', 'ws')}/loki/api/v1/tail?${new URLSearchParams({ query, ...more })}`;
  const socket = new WebSocket(address, { headers: { authorization: `Bearer ${token}` } });
  const frames: LokiFrame[] = [];
  socket.addEventListener('message', ({ data }) => {
    const frame = JSON.parse(String(data)) as LokiFrame;
    frames.push(frame);
    onFrame(frame);
  });
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve({ frames, socket }));
    socket.addEventListener('error', () => reject(new Error('refused')));
  });
}
