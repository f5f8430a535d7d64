/** Keeps an execution within its bounds: both throw where they would be passed. */
export interface Meter {
  /** Work, in characters that are looked at: some six nanoseconds each. */
  charge(characters: number): void;
  /** A text of that length is about to be made; what is too long to be written need not be. */
  reserve(length: number): void;
}
