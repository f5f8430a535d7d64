/** What a process of the shop has to know; the supervisor sends it first, over the channel, where no list of processes shows it. */
export interface ServiceSettings {
  readonly type: 'settings';
  /** Where it listens, on loopback. */
  readonly port: number;
  /** As its telemetry says, too. */
  readonly version: string;
  /** Of other services, by name; a `UrlsMessage` changes them. */
  readonly urls: Record<string, string>;
  /** `null`: does without. */
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  /** Where browsers' events go, and the pages' key. */
  readonly rum: { readonly url: string; readonly key: string };
  /** Where security events go; only to who sends any. */
  readonly events: { readonly url: string; readonly token: string } | null;
  /** What chance begins with. */
  readonly seed: number;
}

/** How a peer that is not ours behaves. */
export interface MoodMessage {
  readonly type: 'mood';
  readonly mood: 'well' | 'failing';
}

/** Services that have moved. */
export interface UrlsMessage {
  readonly type: 'urls';
  readonly urls: Readonly<Record<string, string>>;
  /** By which the answer names it. */
  readonly move: number;
}

/** A process tells its supervisor that it does its work. */
export interface RunningMessage {
  readonly type: 'running';
}

/** A process tells its supervisor that it asks others where they have moved to, and waits for no answer from where they were. */
export interface RedirectedMessage {
  readonly type: 'redirected';
  readonly move: number;
}

/** What the supervisor tells a process. */
export type SupervisorMessage = ServiceSettings | MoodMessage | UrlsMessage;

type Message = SupervisorMessage | RunningMessage | RedirectedMessage;

/** Whether it is one: only our own processes are at the other end, so its kind is all there is to look at. */
export function isMessage<Type extends Message['type']>(
  value: unknown,
  type: Type,
): value is Extract<Message, { type: Type }> {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === type;
}
