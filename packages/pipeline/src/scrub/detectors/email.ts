// https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2, https://www.rfc-editor.org/rfc/rfc5322#section-3.4.1, https://www.rfc-editor.org/rfc/rfc6531 (UTF-8)
import { wordsBefore } from '../context-words.ts';
import type { CreateDetector, Detector } from '../detector.ts';
import { TextFeature } from '../text-features.ts';
import { endOfDomain, isMachineDomain } from './email-domain.ts';
import { startOfLocalPart } from './email-local-part.ts';

/** How far back from a local part the beginning of a URL is looked for. */
const URL_WINDOW = 80;
/** The password, and the host. */
const HOST_BEHIND = /^[^\s/?#"'<>@]*@/;
/** `https://user@`, `postgres://user:pass@`: who asks a server, not a mailbox. Schemes whose addresses are mailboxes are followed by `//` only by mistake. */
const URL_USER = /([a-z][a-z0-9+.-]*):\/\/[^\s/?#"'<>]*$/i;
const MAILBOX_SCHEMES: ReadonlySet<string> = new Set(['mailto', 'sip', 'sips', 'xmpp', 'im', 'acct']);
/** Programs that name their nodes and their remote accounts in the form of addresses: https://www.rabbitmq.com/docs/clustering#node-names, https://git-scm.com/docs/git-clone#_git_urls, https://docs.celeryq.dev/en/stable/userguide/workers.html */
const PROGRAMS: ReadonlySet<string> = new Set(['git', 'hg', 'rabbit', 'celery', 'emqx', 'ejabberd', 'couchdb', 'riak']);
/** https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4: ids of messages have the form of addresses. */
const MESSAGE_ID_BEFORE = /(?:message-?_?id|msg-?_?id|in-reply-to|references)["']?\s?[:=]\s?["']?(?:<|%3c|&lt;)$/;
/** `host:/path`, as `scp` and `rsync` have it. */
const REMOTE_PATH = /^:[/~]/;

/** Texts that are nothing but one address may break its rules a little more. */
const ALONE = /^[^\s@:/=?&]+@[^\s@]+$/;
const ALONE_LENGTH_MAX = 320;

const DETECTOR: Detector = {
  name: 'email',
  needs: TextFeature.at,
  find(text, _field, report) {
    const isAlone = text.length <= ALONE_LENGTH_MAX && ALONE.test(text);
    let free = 0;
    for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      if (at < free) {
        continue;
      }
      const end = endOfDomain(text, at + 1, isAlone);
      if (end < 0) {
        continue;
      }
      const start = startOfLocalPart(text, at, free, end === text.length);
      if (start < at && !isOther(text, start, at, end)) {
        report(start, end);
        free = end;
      }
    }
  },
};

/** Finds e-mail addresses. */
export const createEmailDetector: CreateDetector = () => DETECTOR;

/** Things that have the form of an address and are none. */
function isOther(text: string, start: number, at: number, end: number): boolean {
  const localPart = text.slice(start, at);
  return (
    // What we write ourselves, when the policy masks.
    localPart === '***' ||
    PROGRAMS.has(localPart.toLowerCase()) ||
    isMachineDomain(text.slice(at + 1, end)) ||
    REMOTE_PATH.test(text.slice(end, end + 2)) ||
    MESSAGE_ID_BEFORE.test(wordsBefore(text, start)) ||
    isUrlUser(text, start, end)
  );
}

function isUrlUser(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - URL_WINDOW), start);
  const scheme = before.includes('://') ? URL_USER.exec(before)?.[1] : undefined;
  if (scheme === undefined || MAILBOX_SCHEMES.has(scheme.toLowerCase())) {
    return false;
  }
  // With another `@` behind, this one is within the name that the user has there.
  return !HOST_BEHIND.test(text.slice(end, end + URL_WINDOW));
}
