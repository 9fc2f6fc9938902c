/** A wish the generator cannot fulfil; `code`, `exitCode` and `hint` read like those of the product's other errors. */
export class GenerationError extends Error {
  readonly code: string;
  /** Always 2: usage. */
  readonly exitCode = 2;
  readonly hint: string;

  constructor(code: string, message: string, hint: string) {
    super(message);
    this.name = 'GenerationError';
    this.code = code;
    this.hint = hint;
  }
}
