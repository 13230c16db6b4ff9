/**
 * Promises that rules made and make no more. What a rule ensures is a check on every later change of it: as with examples, it stays as it was. One
 * of which a row is known that breaks it goes with what was asked, and is told. A scope that names the promise itself lets it go either way.
 */
import type { Finding, Scope } from '#kernel';
import { decisionsOn } from '#model';
import type { About, Ask } from './changed-statements.ts';
import { questionOfEnsures } from './statements.ts';

export async function promisesGone(now: About, before: About, { members }: Scope, ask: Ask): Promise<readonly Finding[]> {
  const rules = decisionsOn(now.model, now.entity.id);
  const given = now.entity.invariants.map((invariant) => invariant.holds);
  const gone = decisionsOn(before.model, before.entity.id).flatMap((old) => {
    const rule = rules.find(({ id }) => id === old.id);
    return rule === undefined
      ? []
      : old.ensures
          .filter(
            ({ name }) => rule.ensures.every((ensured) => ensured.name !== name) && !members.includes(`rule/${old.name}#ensures/${name}`),
          )
          .map((ensured) => ({ rule, ensured }));
  });
  return Promise.all(
    gone.map(async ({ rule, ensured }): Promise<Finding> => {
      const name = `${now.entity.name}: ${rule.name} ensures ${ensured.name}`;
      const witness = ensured.name;
      const { verdict, why } = await ask(questionOfEnsures(now.model, rule, ensured, given));
      switch (verdict) {
        case 'proved':
          return {
            statement: `${name}: was taken out, and it still holds: keep it as it was`,
            verdict: 'fail',
            shownBy: 'proved',
            witness,
          };
        case 'refuted':
          return { statement: `${name} no longer holds: the change replaces it`, verdict: 'pass', shownBy: 'tested', witness };
        case 'unknown':
          return {
            statement: `${name}: was taken out, and no row is known for which it no longer holds (${why ?? 'unknown'}): keep it as it was`,
            verdict: 'fail',
            shownBy: 'not-shown',
            witness,
          };
      }
    }),
  );
}
