/** The closed set of failures, the one error class that stores and repositories throw, and the plain form that crosses a transport. */

const failureCodes = [
  'invalid',
  'notFound',
  'conflict',
  'locked',
  'damaged',
  'io',
  'unreachable',
  'readOnly',
  'unexpected',
] as const;

export type FailureCode = (typeof failureCodes)[number];

export type FailureDetails = Readonly<Record<string, unknown>>;

/** What crosses a transport: plain data, safe to show, never a stack and never a secret. */
export interface Failure {
  readonly code: FailureCode;
  /** A sentence for the person: what is wrong, where, and what to do. */
  readonly message: string;
  readonly details?: FailureDetails;
}

/** Thrown by stores, repositories and, rethrown from its plain form, by the renderer's bridge. */
export class FailureError extends Error {
  readonly code: FailureCode;
  readonly details: FailureDetails | undefined;

  constructor(code: FailureCode, message: string, options: { details?: FailureDetails; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'FailureError';
    this.code = code;
    this.details = options.details;
  }

  toFailure(): Failure {
    return this.details === undefined
      ? { code: this.code, message: this.message }
      : { code: this.code, message: this.message, details: this.details };
  }
}

export type Reply<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Failure };
