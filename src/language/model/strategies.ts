/** The strategies of a system: which points there are, which way each goes by the settings, and contracts as they are in use. */
import type { Contract, DecisionRule, Expression, OperationContract, PermanentId, Settings, VariationPoint } from '#kernel';
import { inUse, isPoint, speaksOfStrategies } from '#rules';
import { componentKey, type ComponentKey } from './paths.ts';

export interface StrategyPoint extends VariationPoint {
  readonly component: ComponentKey;
  /** The strategy in use. */
  readonly chosen: string;
}
type Varied = (DecisionRule | OperationContract) & { readonly points: readonly VariationPoint[] };
const isVaried = (contract: Contract): contract is Varied => 'points' in contract && contract.points !== undefined;
const keyOf = (contract: Varied, point: string): string => `${componentKey(contract.kind, contract.name)}#${point}`;

export const strategyPoints = (settings: Settings, contracts: readonly Contract[]): readonly StrategyPoint[] =>
  contracts.filter(isVaried).flatMap((contract) =>
    contract.points.map((point) => ({
      ...point,
      component: componentKey(contract.kind, contract.name),
      chosen: settings.strategies[keyOf(contract, point.name)] ?? point.strategies[0]?.name ?? '',
    })),
  );

/** What a body is told: the strategy in use by point. */
export const chosenStrategies = (settings: Settings, contract: Contract): { readonly [point: string]: string } =>
  Object.fromEntries(strategyPoints(settings, [contract]).map(({ name, chosen }) => [name, chosen]));

/** Components whose strategy differs between two settings, as `kind/name`. */
export function strategiesMoved(from: Settings, to: Settings): readonly string[] {
  const points = new Set([...Object.keys(from.strategies), ...Object.keys(to.strategies)]);
  const moved = [...points].filter((point) => from.strategies[point] !== to.strategies[point]).map((point) => point.split('#')[0] ?? '');
  return [...new Set(moved)];
}

const strategic = new WeakMap<Contract, boolean>();
/** The contracts with every formula in the way that is in use; those that know no strategies are the same objects. */
export function contractsInUse(settings: Settings, contracts: readonly Contract[]): readonly Contract[] {
  if (!contracts.some(isStrategic)) return contracts;
  const names = new Map(contracts.filter(isVaried).map((contract) => [contract.id, contract]));
  const chosen = (rule: PermanentId, point: string): string | undefined => {
    const contract = names.get(rule);
    return contract === undefined ? undefined : settings.strategies[keyOf(contract, point)];
  };
  return contracts.map((contract) => (isStrategic(contract) ? (mapped(contract, chosen) as Contract) : contract));
}

function isStrategic(contract: Contract): boolean {
  const known = strategic.get(contract);
  if (known !== undefined) return known;
  const found = expressionsIn(contract).some(speaksOfStrategies);
  strategic.set(contract, found);
  return found;
}

const isExpression = (value: object): value is Expression => 'node' in value && 'type' in value && typeof value.node === 'string';

function expressionsIn(value: unknown): readonly Expression[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isExpression(value)) return [value];
  return Object.values(value).flatMap(expressionsIn);
}
function mapped(value: unknown, chosen: (rule: PermanentId, point: string) => string | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => mapped(each, chosen));
  if (isExpression(value)) return inUse(value, chosen);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapped(member, chosen)]));
}

/** Texts that a formula compares a point with, and that are no strategy of it. */
export function unknownStrategies(expression: Expression, points: readonly VariationPoint[]): readonly string[] {
  const found: string[] = [];
  const visit = (at: Expression): void => {
    if (at.node === 'binary') {
      const [point, other] = isPoint(at.left) ? [at.left, at.right] : isPoint(at.right) ? [at.right, at.left] : [undefined, undefined];
      const known = points.find((each) => each.name === point?.field.split('#')[0]);
      if (other?.node === 'constant' && known !== undefined && !known.strategies.some((strategy) => strategy.name === other.value))
        found.push(String(other.value));
    }
    for (const part of Object.values(at)) for (const inner of expressionsIn(part)) visit(inner);
  };
  visit(expression);
  return found;
}
