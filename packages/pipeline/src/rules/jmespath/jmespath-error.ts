/** An expression cannot be compiled, or a function cannot take what it is given. */
export class JmesPathError extends Error {
  override readonly name = 'JmesPathError';
}
