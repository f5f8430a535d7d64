import type { ApiKeyKind, IngestScope, Signal } from '@aegisguard/model';
import type { SendTarget } from './send-target.ts';

/** Who sends: a key's id and its secret, or texts that stand for them. */
interface Credentials {
  readonly key: string;
  readonly secret: string;
}

/** A text to copy. */
export interface Snippet {
  readonly title: string;
  readonly text: string;
}

/** One way to send data: what it needs and how it is set up. */
export interface SendWay {
  readonly id: string;
  readonly label: string;
  readonly signals: readonly Signal[];
  readonly keyKind: Exclude<ApiKeyKind, 'query'>;
  readonly scopes: readonly IngestScope[];
  /** What to do with the snippets, in a sentence or two. */
  readonly advice: string;
  /** Empty when the installation does not offer this way. */
  readonly snippets: (target: SendTarget, credentials: Credentials) => readonly Snippet[];
}

/** What stands for a secret that is not known. */
export function secretPlaceholder({ keyKind }: SendWay): string {
  return keyKind === 'token' ? '<token>' : '<secret>';
}

/** A credential as URLs and variables of headers want it. What stands for one stays as it is: people look for it to replace it. */
export function percentEncoded(credential: string): string {
  return /^<.+>$/.test(credential) ? credential : encodeURIComponent(credential);
}

/** A text in double quotes, as YAML, HCL-like configurations and JavaScript read it. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** Lines joined; an undefined one is left out. */
export function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join('\n');
}
