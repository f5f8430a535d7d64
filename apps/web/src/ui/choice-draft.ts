/** What is typed into a field, until it counts. */
export interface ChoiceDraft {
  readonly text: string;
  /** The value of outside that it began with. */
  readonly given: string;
  readonly revision: number;
  /** What was chosen of it, until the value of outside says so, too: an address takes its time. */
  readonly chosen: string | undefined;
}

/** What stands in the field when another value is given: what was typed on since a choice stays, unless the field begins anew. */
export function redrafted(draft: ChoiceDraft, given: string, revision: number): ChoiceDraft {
  const isTypedOn = draft.revision === revision && draft.chosen !== undefined && draft.text !== draft.chosen;
  return { text: isTypedOn ? draft.text : given, given, revision, chosen: undefined };
}
