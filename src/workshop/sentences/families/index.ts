/** All families: one rule that reads a sentence. A further family is a file beside this one and a word here. */
import type { Request } from '../request.ts';
import { either, named, type Rule } from '../rule.ts';
import { access } from './access.ts';
import { actions } from './actions.ts';
import { decisions } from './decisions.ts';
import { derived } from './derived.ts';
import { fields } from './fields.ts';
import { limits } from './limits.ts';
import { things } from './things.ts';
import { unasked } from './unasked.ts';
import { views } from './views.ts';
import { workflows } from './workflows.ts';

export const sentence: Rule<Request> = named('sentence', () =>
  either(things, fields, derived, decisions, limits, actions, access, unasked, views, workflows),
);
