// https://html.spec.whatwg.org/multipage/server-sent-events.html
import type { TailNews } from './tail.ts';
import type { TailLine } from './tail-lines.ts';

/** A comment: it keeps the connection, and the first one says that the stream has begun. */
export function commentText(text: string): string {
  return `: ${text}\n\n`;
}

/** One line's event; its id is the log's position. */
function lineText({ timestamp, batchId, index, json }: TailLine): string {
  return `id: ${timestamp}-${batchId}-${index}\ndata: ${json}\n\n`;
}

/** What there is to be told, as events. */
export function newsText(news: TailNews): string {
  switch (news.kind) {
    case 'silence':
      return commentText('still here');
    case 'lines':
      return (
        news.lines.map(lineText).join('') + (news.dropped === 0 ? '' : eventText('dropped', { count: news.dropped }))
      );
    case 'end':
      return eventText('end', { reason: news.reason, detail: news.detail });
  }
}

function eventText(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
