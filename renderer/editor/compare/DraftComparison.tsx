/** What the draft changes so far: against its parent or the active version, in a sentence and in rows that lead to the beats. */
import { rowInKinds } from './rowKinds.ts';
