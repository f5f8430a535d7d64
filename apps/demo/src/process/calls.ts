/** Calls of this process to others that have no answer yet. */
const underway = new Set<Promise<unknown>>();

/** Counts a call as underway until it is over. */
export async function answered<Answer>(call: Promise<Answer>): Promise<Answer> {
  underway.add(call);
  try {
    return await call;
  } finally {
    underway.delete(call);
  }
}

/** Resolves when the calls that are underway now are over. */
export async function callsAnswered(): Promise<void> {
  await Promise.allSettled(underway);
}
