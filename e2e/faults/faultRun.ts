/** One operation that met one fault, as the checks look at it. */
import type { BatchLook } from './batchLook.ts';
import type { RunPlace } from './messages.ts';
import type { Outcome } from './processes.ts';
import type { Scenario } from './scenarios.ts';
import type { TracedCall } from './tracing.ts';

export interface Run {
  readonly scenario: Scenario;
  readonly place: RunPlace;
  readonly before: BatchLook;
  readonly outcome: Outcome;
  /** The call that failed, where one did. */
  readonly hit: TracedCall | null;
}
