/**
 * Old against new, of each formula that changed. Where the change states its region all outside must be as it was, and what differs inside
 * is told. Where it states none, or one that holds for every row, that is said, is not shown, and counts as wide: a person is asked.
 */
import { canonicalJson, type Expression, type Finding, type Json } from '#kernel';
import { formulasAltered, pairsByPath, type ReadComponent, type Sourced } from '#model';
import { describeExpression, differingWhere, type RuleNames, ruleNames } from '#rules';
import { asJson, type GateInput, type Proposal } from '../gate.ts';
import { provedBound, unknownFinding } from './answer-told.ts';
import type { About, Ask } from './changed-statements.ts';
import { coverShown, type Measuring } from './cover-shown.ts';
import { changedFormulas, type Changed, questionOfSame } from './preserved.ts';
import type { Answer } from './prove.ts';
import type { StatedRegions } from './stated-regions.ts';
import { any, systemOf } from './statements.ts';

interface Models {
  readonly now: About['model'];
  readonly before: About['model'];
}
interface Preserving {
  readonly scope: Proposal['scope'];
  /** Formulas that are written otherwise than before, as a scope names them. */
  readonly altered: ReadonlySet<string>;
  readonly regions: StatedRegions['of'];
  readonly ask: Ask;
  readonly measuring: Measuring;
}

export async function oldAgainstNew(
  now: About,
  before: About,
  { scope, altered, regions, ask, measuring }: Preserving,
): Promise<readonly Finding[]> {
  const changed = changedFormulas(now, before, regions);
  if (changed.length === 0) return [];
  const names = ruleNames(now.model.entities, now.model.settings.currency.digits);
  const models = { now: now.model, before: before.model };
  const found = await Promise.all(
    changed.map(async (one): Promise<readonly Finding[]> => {
      const { member } = one.now;
      const stated = regions.get(member) ?? (altered.has(member) ? undefined : ofItsRules(changed, regions));
      if (stated === undefined) return described(one, now, models, names, ask, altered.has(member));
      const words = wordsOf(scope, member) ?? describeExpression(stated, names);
      const [shown, cover] = await Promise.all([
        held(one, now, models, { stated, words }, ask),
        regions.has(member) ? coverShown(now, { formula: member, name: one.now.name, region: stated }, measuring) : undefined,
      ]);
      return cover === undefined ? shown : [...shown, cover];
    }),
  );
  return found.flat();
}

/** Formulas of a candidate that are written otherwise than in its base; what is the same component in both is not looked at. */
export function alteredFormulas(candidate: GateInput, base: GateInput): ReadonlySet<string> {
  const differing = pairsByPath(base.reading.components, candidate.reading.components);
  const sourced = (components: readonly (ReadComponent | undefined)[], { files }: GateInput): readonly Sourced[] =>
    components.flatMap((one) => (one === undefined ? [] : [{ contract: one.contract, source: files[one.path] ?? '' }]));
  return new Set(
    formulasAltered(
      sourced(
        differing.map(([was]) => was),
        base,
      ),
      sourced(
        differing.map(([, is]) => is),
        candidate,
      ),
    ),
  );
}

/** A formula that is written as it was differs by the rules that it calls: where they may. Undefined where one of them does not say. */
function ofItsRules(changed: readonly Changed[], regions: StatedRegions['of']): Expression | undefined {
  const rules = changed.filter(({ now: { member } }) => member.startsWith('rule/')).map(({ now: { member } }) => regions.get(member));
  const stated = rules.filter((region) => region !== undefined);
  return stated.length === 0 || stated.length < rules.length ? undefined : any(stated);
}

/** As the asker was told it, where no other region has other words. */
const wordsOf = ({ region, regions = {} }: Proposal['scope'], member: string): string | undefined =>
  new Set(Object.values(regions).map((one) => canonicalJson(asJson(one)))).size === 1 && regions[member] !== undefined ? region : undefined;

/** Outside the region that the change names all is as it was; inside, what differs is told. */
async function held(
  changed: Changed,
  now: About,
  models: Models,
  { stated, words }: { readonly stated: Expression; readonly words: string },
  ask: Ask,
): Promise<readonly Finding[]> {
  const { name } = changed.now;
  const outside = `Where it does not hold that ${words}, ${name} gives what it gave`;
  const [answer, everywhere, vacuous] = await Promise.all([
    ask(questionOfSame(changed, now.entity, models, stated)),
    ask(questionOfSame(changed, now.entity, models)),
    ask({ system: systemOf(models.now), about: now.entity.id, given: [], claim: { kind: 'holds', of: stated } }),
  ]);
  if (answer.verdict === 'refuted')
    return [
      {
        statement: `${outside}: not so for this row, which the change does not name${gaveOf(answer)}`,
        verdict: 'fail',
        shownBy: 'tested',
        witness: asJson(answer.witness ?? null),
      },
    ];
  const inside = insideOf(everywhere, name, words);
  if (vacuous.verdict === 'proved')
    return [
      notHeld(`The region that is stated of ${name} holds for every row (${words}), so that no row is held to what it gave`),
      ...inside,
    ];
  if (answer.verdict === 'unknown') return [{ ...unknownFinding(outside, answer), wide: true }];
  return [{ statement: outside, verdict: 'pass', shownBy: 'proved', bound: provedBound(answer) }, ...inside];
}
const notHeld = (statement: string): Finding => ({ statement, verdict: 'pass', shownBy: 'not-shown', wide: true });

function insideOf(everywhere: Answer, name: string, words: string): readonly Finding[] {
  if (everywhere.verdict === 'unknown') return [];
  return [
    everywhere.verdict === 'proved'
      ? {
          statement: `Where it holds that ${words}, ${name} gives what it gave as well`,
          verdict: 'pass',
          shownBy: 'proved',
          bound: provedBound(everywhere),
        }
      : {
          statement: `Where it holds that ${words}, ${name} may give something else, as for this row${gaveOf(everywhere)}`,
          verdict: 'pass',
          shownBy: 'tested',
          witness: asJson(everywhere.witness ?? null),
        },
  ];
}

/** What is not stated is described: where it differs, or by a row for which it does. */
async function described(
  changed: Changed,
  now: About,
  models: Models,
  names: RuleNames,
  ask: Ask,
  altered: boolean,
): Promise<readonly Finding[]> {
  const { name } = changed.now;
  const everywhere = await ask(questionOfSame(changed, now.entity, models));
  if (everywhere.verdict === 'proved')
    return [
      {
        statement: `${name} is written otherwise and gives what it gave`,
        verdict: 'pass',
        shownBy: 'proved',
        bound: provedBound(everywhere),
      },
    ];
  const region = everywhere.verdict === 'refuted' ? differingWhere(changed.before.of, changed.now.of) : undefined;
  const outside = region === undefined ? undefined : await ask(questionOfSame(changed, now.entity, models, region));
  const witness = everywhere.witness === undefined ? {} : { witness: asJson(everywhere.witness) };
  const unstated = altered
    ? [notHeld(`For which rows ${name} may give something else is not stated, so that no row is held to what it gave`)]
    : [];
  if (region !== undefined && outside?.verdict === 'proved')
    return [
      {
        statement: `${name} gives what it gave, but where ${describeExpression(region, names)}${everywhere.gave === undefined ? '' : `; as for this row${gaveOf(everywhere)}`}`,
        verdict: 'pass',
        shownBy: 'proved',
        bound: provedBound(outside),
        ...witness,
      },
      ...unstated,
    ];
  return [
    everywhere.verdict === 'refuted'
      ? {
          statement: `${name} gives something else than before, as for this row${gaveOf(everywhere)}`,
          verdict: 'pass',
          shownBy: 'tested',
          ...witness,
        }
      : { statement: `Whether ${name} still gives what it gave: ${everywhere.why ?? 'unknown'}`, verdict: 'pass', shownBy: 'not-shown' },
    ...unstated,
  ];
}

/** ": 12.00 before, 25.00 now". */
const gaveOf = ({ gave }: Answer): string => (gave === undefined ? '' : `: ${said(gave.before)} before, ${said(gave.now)} now`);
const said = (value: Json): string =>
  value === null
    ? 'nothing'
    : typeof value === 'boolean'
      ? value
        ? 'yes'
        : 'no'
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
