/** An answer other than what was asked for, in words that a user can act on. */
export class Refusal extends Error {
  readonly status: number;
  readonly hint: string;

  constructor(status: number, message: string, hint: string) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.hint = hint;
  }
}
