/** Texts of which the first was taken already: what fails before it can still be answered as a problem. */
export async function* startingWith(
  first: IteratorResult<string, void>,
  rest: AsyncGenerator<string, void>,
): AsyncGenerator<string, void> {
  if (first.done !== true) {
    yield first.value;
    yield* rest;
  }
}
