// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation

/** An event of a stream. */
export interface StreamEvent {
  /** `message` where the stream names none. */
  readonly type: string;
  readonly data: string;
  /** The last id that the stream has named so far. */
  readonly lastId: string;
}

/** Reads a stream of events from pieces of its text, wherever they are cut. Comments are left out: they have no event. */
export class EventStreamReader {
  /** What has come of a line that has not ended. */
  #rest = '';
  /** A line break of two characters may be cut in the middle. */
  #endedWithCr = false;
  #isFirst = true;
  #type = '';
  #data: string[] = [];
  #lastId = '';

  /** The events that are whole with this piece. */
  push(text: string): readonly StreamEvent[] {
    const events: StreamEvent[] = [];
    let piece = this.#endedWithCr && text.startsWith('\n') ? text.slice(1) : text;
    if (text === '') {
      return events;
    }
    this.#endedWithCr = text.endsWith('\r');
    if (this.#isFirst) {
      piece = piece.replace(/^\uFEFF/, '');
      this.#isFirst = false;
    }
    const lines = (this.#rest + piece).split(/\r\n|\n|\r/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        this.#dispatch(events);
      } else {
        this.#readLine(line);
      }
    }
    return events;
  }

  #readLine(line: string): void {
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    switch (field) {
      case 'event':
        this.#type = value;
        break;
      case 'data':
        this.#data.push(value);
        break;
      case 'id':
        this.#lastId = value.includes('\0') ? this.#lastId : value;
        break;
      default:
        // A comment, or a field that means nothing here.
        break;
    }
  }

  #dispatch(events: StreamEvent[]): void {
    if (this.#data.length > 0) {
      events.push({
        type: this.#type === '' ? 'message' : this.#type,
        data: this.#data.join('\n'),
        lastId: this.#lastId,
      });
    }
    this.#type = '';
    this.#data = [];
  }
}
