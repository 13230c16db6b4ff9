/** Formulas that the change brought, wrong in one place each; and what a component states without a formula. */
import { type Contract, canonicalJson, type EntityContract, type Expression, type PermanentId } from '#kernel';
import type { ReadComponent } from '#model';
import { mutantsOf, partsOf, ruleNames } from '#rules';
import type { ChangedComponent } from '../differences.ts';
import { extremeMutants } from '../extreme-mutants.ts';
import type { GateInput, Proposal } from '../gate.ts';
import { expressionsOf } from '../leans-on.ts';
import { likelyMutants } from './likely-mutants.ts';
import { declaredMutants, ledFields } from './declared-mutants.ts';
import type { Trying } from './trying.ts';

export function expressionMutants(
  change: ChangedComponent,
  component: ReadComponent,
  candidate: Proposal,
  entities: Parameters<typeof ruleNames>[0],
): readonly Trying[] {
  if (!change.contract) return [];
  const before = new Set(
    (change.old === undefined ? [] : expressionsOf(change.old.contract)).map(
      (placed) => `${placed.member} ${canonicalJson(placed.expression)}`,
    ),
  );
  const names = ruleNames(entities, candidate.reading.settings.currency.digits);
  const line = lineOf(candidate, component);
  const { contract } = component;
  const entityOf = (id: PermanentId): EntityContract | undefined => candidate.reading.model.entities.find((one) => one.id === id);
  const about =
    contract.kind === 'entity'
      ? contract
      : contract.kind === 'view'
        ? entityOf(contract.from)
        : 'on' in contract && typeof contract.on === 'string'
          ? entityOf(contract.on)
          : undefined;
  const led = ledFields(candidate.reading.model);
  const around = { about, entityOf, led, currencyDigits: candidate.reading.settings.currency.digits };
  return expressionsOf(component.contract)
    .filter((placed) => !before.has(`${placed.member} ${canonicalJson(placed.expression)}`))
    .flatMap((placed) => {
      const of = (mutated: Expression): Omit<Trying, 'branch' | 'what'> => ({
        place: `${component.path}:${line(placed.member)}`,
        component: withContract(component, placed.replaced(mutated)),
        formula: { before: placed.expression, after: mutated },
      });
      return [
        ...[...extremeMutants(placed.expression), ...mutantsOf(placed.expression, names)].map((mutant): Trying => ({
          ...of(mutant.expression),
          branch: [placed.member, ...armsTo(placed.expression, mutant.expression)].join(' '),
          what: mutant.description,
        })),
        ...likelyMutants(placed.expression, around).map(({ expression, what, missing }): Trying => ({
          ...of(expression),
          branch: `${placed.member} as likely meant`,
          what,
          missing,
          apart: true,
        })),
      ];
    });
}

/** The arms of choices on the way to the one place where two expressions differ. */
function armsTo(original: Expression, mutated: Expression): readonly string[] {
  const before = partsOf(original);
  const after = partsOf(mutated);
  const differing = before.flatMap((part, at) => (part === after[at] ? [] : [at]));
  const [at] = differing;
  if (original.node !== mutated.node || before.length !== after.length || differing.length !== 1 || at === undefined) return [];
  const [from, to] = [before[at], after[at]];
  if (from === undefined || to === undefined) return [];
  return original.node === 'condition' && at > 0 ? [at === 1 ? 'then' : 'otherwise', ...armsTo(from, to)] : armsTo(from, to);
}

export function declaredTrying(change: ChangedComponent, component: ReadComponent, candidate: Proposal): readonly Trying[] {
  if (!change.contract) return [];
  const line = lineOf(candidate, component);
  return declaredMutants(component.contract, change.old?.contract, candidate.reading.model).map(
    ({ member, contract, what, missing, asked, shown, held, apart, shownBy }): Trying => ({
      branch: `${member} as stated`,
      place: `${component.path}:${line(member)}`,
      what,
      missing,
      ...(asked === undefined ? {} : { asked }),
      ...(shown === undefined ? {} : { shown }),
      ...(held === undefined ? {} : { held }),
      ...(apart === undefined ? {} : { apart }),
      ...(shownBy === undefined ? {} : { shownBy }),
      component: withContract(component, contract),
    }),
  );
}

const withContract = (component: ReadComponent, contract: Contract): ReadComponent => ({ ...component, contract });

/** The line of a member in its component's source, by the outline. */
function lineOf(candidate: GateInput, component: ReadComponent): (member: string) => number {
  const text = candidate.files[component.path] ?? '';
  return (member) => {
    const [kind, name] = member.split('/');
    const span =
      component.outline[
        kind === 'field' ? `fields/${name}` : kind === 'invariant' ? `invariants/${name}` : kind === 'column' ? `columns/${name}` : member
      ];
    // Transitions stand in a list, by their names.
    const start = span?.start ?? (kind === 'transition' ? Math.max(0, text.indexOf(`name: '${name}'`)) : 0);
    return text.slice(0, start).split('\n').length;
  };
}
