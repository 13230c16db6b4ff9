/**
 * An example that reaches a body of which nobody wrote one: the rows that it needs, made of plain values of their contract, and then its
 * call, event or instant. None where such rows cannot be made. Whether it truly reaches the body is seen when it runs. Pure.
 */
import { type BodyContract, type EntityContract, type Field, type Json, type JsonObject, type PermanentId } from '#kernel';
import { entityById, type Example, type ExampleStep, type SystemModel } from '#model';
import { calm } from './calm-value.ts';

/** Rows that lead on to rows, at most. */
const DEEPEST = 4;

export function bareExample(model: SystemModel, contract: BodyContract): Example | undefined {
  const steps: ExampleStep[] = [];
  const last = lastStep(model, contract, steps);
  return last === undefined ? undefined : { name: `${contract.name}, with what it needs`, steps: [...steps, last] };
}

function lastStep(model: SystemModel, contract: BodyContract, steps: ExampleStep[]): ExampleStep | undefined {
  const rowOf = (entity: PermanentId): string | undefined => rowMade(model, entity, steps, DEEPEST);
  if (contract.kind === 'job') return { run: contract.name, at: '2026-01-15T10:00:00Z' };
  if (contract.kind === 'reaction') {
    if ('event' in contract.on) return { react: contract.name, with: {} };
    const on = rowOf(contract.on.entity);
    return on === undefined ? undefined : { react: contract.name, on };
  }
  const values = valuesOf(model, contract.input, steps, DEEPEST);
  const on = contract.on === undefined ? undefined : rowOf(contract.on);
  if (values === undefined || (contract.on !== undefined && on === undefined)) return undefined;
  return { call: contract.name, ...(on === undefined ? {} : { on }), with: values };
}

/** The name of a row that the steps make; one of an entity is enough for all that point to it. */
function rowMade(model: SystemModel, id: PermanentId, steps: ExampleStep[], deepest: number): string | undefined {
  const entity: EntityContract | undefined = entityById(model, id);
  if (entity === undefined || deepest === 0) return undefined;
  const name = `a-${entity.name}`;
  if (steps.some((step) => 'create' in step && step.as === name)) return name;
  const values = valuesOf(model, entity.fields, steps, deepest - 1);
  if (values === undefined) return undefined;
  steps.push({ create: entity.name, as: name, with: values });
  return name;
}

/** What is required and not filled in by itself. */
function valuesOf(model: SystemModel, fields: readonly Field[], steps: ExampleStep[], deepest: number): JsonObject | undefined {
  const values: { [name: string]: Json } = {};
  for (const { name, type, required, derived, default: given } of fields) {
    if (!required || derived !== undefined || given !== undefined) continue;
    if (type.kind === 'reference') {
      const row = rowMade(model, type.to, steps, deepest);
      if (row === undefined) return undefined;
      values[name] = row;
    } else if (type.kind === 'list') {
      const item = valuesOf(model, type.fields, steps, deepest);
      if (item === undefined) return undefined;
      values[name] = [item];
    } else values[name] = calm(type);
  }
  return values;
}
