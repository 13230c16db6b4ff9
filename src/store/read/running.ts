/** How reads are run, and the refusals that they share. */
import { type Call, type Refusal, refuse } from '#kernel';
import type { Answer, Values } from '../connection/link.ts';
import type { Statement } from '../connection/statement.ts';

/** Runs one statement for a call. `short`: it asks for one row by its id. */
export type RunStatement = (call: Call, statement: Statement, values: Values, short?: boolean) => Promise<Answer>;

export const badCursor = (): Refusal =>
  refuse(
    'malformed',
    'This cursor is not of this list in this order. Take it from `next` of the page before, with the same filters and the same order, or begin without one.',
  );

/** Which rows stand in a view tells what they were chosen by. */
export const choosesBySensitive = (name: string): Refusal =>
  refuse('forbidden', `The view ${name} chooses its rows by something sensitive, so that it is only for roles that see that.`);

export const notFound = (name: string, id: string): Refusal => refuse('not-found', `There is no ${name} with the id ${id.slice(0, 60)}.`);
