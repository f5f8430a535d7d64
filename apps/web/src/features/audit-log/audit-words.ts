import { AUDIT_ACTIONS, type AuditEntryView } from '@aegisguard/model';

/** What an entry says, so that its parts can be set apart. */
export interface AuditSentence {
  readonly who: string;
  /** `revoked the API key` */
  readonly did: string;
  /** The name of what it was done to; undefined when the words say it already. */
  readonly what: string | undefined;
}

/** What an action means in the past tense; an action of a newer server is its code. */
export function actionWords(action: string): string {
  const words: Readonly<Record<string, string | undefined>> = AUDIT_ACTIONS;
  return words[action] ?? action;
}

/** An entry as a sentence: who, did, what. */
export function auditSentence({ actor, action, target }: AuditEntryView): AuditSentence {
  const who = actor.kind === 'system' ? 'AegisGuard' : actor.name;
  const words = actionWords(action);
  const { name } = target;
  if (name === null || target.id === actor.id) {
    return { who, did: words, what: undefined };
  }
  // “invited a person” has its name instead, “made a role” beside it.
  const person = / a person$/;
  const thing = / an? (\S+(?: \S+)?)$/;
  if (person.test(words)) {
    return { who, did: words.replace(person, ''), what: name };
  }
  if (thing.test(words)) {
    return { who, did: words.replace(thing, ' the $1'), what: name };
  }
  return { who, did: words, what: words.endsWith('the organization') ? name : undefined };
}

/** The sentence as a text. */
export function sentenceText({ who, did, what }: AuditSentence): string {
  return what === undefined ? `${who} ${did}` : `${who} ${did} ${what}`;
}

const GROUP_WORDS: Readonly<Record<string, string>> = {
  organization: 'Organization',
  privacy: 'Privacy',
  user: 'People and accounts',
  invitation: 'Invitations',
  role: 'Roles',
  key: 'API keys',
  sso: 'Single sign-on',
  view: 'Saved views',
  'dead-letter': 'Dead letters',
};

/** The actions as a list offers them: by what they are done to. */
export function actionGroups(): readonly { readonly label: string; readonly actions: readonly string[] }[] {
  const groups = Map.groupBy(Object.keys(AUDIT_ACTIONS), (action) => action.slice(0, action.indexOf('.')));
  return [...groups].map(([kind, actions]) => ({ label: GROUP_WORDS[kind] ?? kind, actions }));
}
