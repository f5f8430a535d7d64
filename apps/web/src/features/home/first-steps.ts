/** What is known of an organization that its first steps depend on; undefined while it is not known, or not for this person to know. */
export interface OrganizationState {
  readonly hasLog: boolean | undefined;
  readonly memberCount: number | undefined;
  readonly waitingInvitations: number | undefined;
  readonly mfaEnabled: boolean | undefined;
  /** Grows with every saved policy; 0 as long as nobody has decided. */
  readonly policyVersion: number | undefined;
  /** Owners, also invited ones. */
  readonly ownerCount: number | undefined;
  /** Somebody has set how long records are kept. */
  readonly hasSetRetention: boolean | undefined;
}

/** One thing that a new organization should do. */
export type StepName = 'log' | 'two-factor' | 'privacy' | 'retention' | 'colleague' | 'owner';

/** A step with whether it is done. */
export interface FirstStep {
  readonly name: StepName;
  readonly isDone: boolean;
}

function doneBy(state: OrganizationState): Readonly<Record<StepName, boolean | undefined>> {
  const { memberCount, waitingInvitations } = state;
  return {
    log: state.hasLog,
    'two-factor': state.mfaEnabled,
    privacy: state.policyVersion === undefined ? undefined : state.policyVersion > 0,
    retention: state.hasSetRetention,
    colleague:
      memberCount === undefined || waitingInvitations === undefined
        ? undefined
        : memberCount > 1 || waitingInvitations > 0,
    owner: state.ownerCount === undefined ? undefined : state.ownerCount > 1,
  };
}

/** The steps that can be told, in the order in which they are best done. */
export function firstSteps(state: OrganizationState): readonly FirstStep[] {
  return Object.entries(doneBy(state)).flatMap(([name, isDone]) =>
    isDone === undefined ? [] : [{ name: name as StepName, isDone }],
  );
}

/** Whether one of the settings changes set how long records are kept; the audit log calls each signal's days by a name of its own. */
export function setsRetention(
  changes: readonly { readonly after: Readonly<Record<string, unknown>> | null }[],
): boolean {
  return changes.some(({ after }) => Object.keys(after ?? {}).some((name) => /retention/i.test(name)));
}
