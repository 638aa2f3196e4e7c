/** The shape of a handler: a schema for its input and a function; the table of all is closed over the contract. */
import type { z } from 'zod';
import type { Input, RequestName, Value } from '../../shared/contract.ts';

export interface Handler<Name extends RequestName> {
  /** Parses what crossed a transport; a failure to parse is `invalid` and `run` is never called. */
  readonly input: z.ZodType<Input<Name>>;
  readonly run: (input: Input<Name>) => Promise<Value<Name>>;
}

/** A request without a handler, or a handler without a schema, does not compile. */
export type Handlers = { readonly [Name in RequestName]: Handler<Name> };
