/** A rule cannot be applied to a record: the record stays as it was before, and says so. The message names no content. */
export class RuleError extends Error {
  override readonly name = 'RuleError';
}

/** A rule cannot be used. */
export class RuleFault extends Error {
  override readonly name = 'RuleFault';
  /** The member of the step that is at fault; '' for all of it. */
  readonly member: string;

  constructor(member: string, message: string) {
    super(message);
    this.member = member;
  }
}
