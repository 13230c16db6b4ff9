/** The canonical sentence of a request, and the check that it means just that. */
import { canonicalJson } from '#kernel';
import type { SystemModel } from '#model';
import { echo } from './echo/request.ts';
import { lex } from './lexer.ts';
import { readSentence } from './reading.ts';
import type { Request } from './request.ts';

/** The canonical sentence, if it parses back to this tree and no other. */
export function guarded(model: SystemModel, request: Request): string | undefined {
  const said = echo(model, request);
  if (said === undefined) return undefined;
  const lexed = lex(said, model.settings.currency.code);
  if (!lexed.ok) return undefined;
  const again = readSentence(model, lexed.tokens).readings;
  return again.length === 1 && canonicalJson(again[0]) === canonicalJson(request) ? said : undefined;
}
