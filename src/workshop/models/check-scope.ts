/** Whether a scope that a model stated is one: names that can be, members of components that it names, nothing new that is there, and what it comes to is there and stays. */
import type { ComponentKind, Scope } from '#kernel';
import { componentKey, contractsOf, type SystemModel } from '#model';

export interface StatedScope {
  readonly components: readonly `${ComponentKind}/${string}`[];
  readonly members: readonly string[];
  readonly reaches?: readonly string[];
  readonly regions?: { readonly [formula: string]: string };
}
const parts = /^((?:entity|rule|workflow|operation|view|reaction|job)\/[a-z][A-Za-z0-9]*)(?:#([a-zA-Z]+(?:\/[\w-]+)*))?$/;
const known: { readonly [Kind in ComponentKind]: readonly string[] } = {
  entity: ['field', 'invariant', 'retired', 'plural', 'title', 'identity', 'indexes', 'answersWithin'],
  rule: [],
  workflow: ['field', 'starts', 'ends', 'transition', 'never'],
  operation: ['input', 'output', 'http', 'on', 'roles', 'transition', 'capabilities', 'caps', 'strategies'],
  view: ['column', 'from', 'where', 'order', 'limit', 'show', 'title'],
  reaction: ['on', 'capabilities', 'caps', 'retries', 'hourly'],
  job: ['schedule', 'capabilities', 'caps', 'retries', 'hourly'],
};

export const componentsOf = (model: SystemModel): ReadonlySet<string> =>
  new Set(contractsOf(model).map((contract) => componentKey(contract.kind, contract.name)));

/** The scope, with components that are new as members of their own; or what is wrong with it. */
export function scopeOf(
  { components, members, reaches = [], regions = {} }: StatedScope,
  model: SystemModel,
): Scope | { readonly wrong: readonly string[] } {
  const there = componentsOf(model);
  const wrong: string[] = [];
  for (const member of members) {
    const found = parts.exec(member);
    const [, component = '', path] = found ?? [];
    const kind = component.split('/')[0] as ComponentKind;
    const first = path?.split('/')[0];
    if (found === null)
      wrong.push(`members: ${JSON.stringify(member)} is no member; write kind/name#member/name, such as entity/order#field/dueDate.`);
    else if (!components.some((key) => key === component))
      wrong.push(`members: ${member} belongs to ${component}, which components does not name.`);
    else if (first !== undefined && !known[kind].includes(first))
      wrong.push(
        `members: ${kind === 'rule' ? 'a rule has no members: write its kind/name alone' : `a part of ${kind} begins with ${known[kind].map((name) => `#${name}`).join(', ')}`}, not ${member}.`,
      );
  }
  for (const key of reaches)
    if (!there.has(key)) wrong.push(`reaches: ${key} is not there. It names what stands as it is; what is new stands in components.`);
    else if (components.some((other) => other === key))
      wrong.push(`reaches: ${key} stands in components, which is enough. Take it out of one.`);
  for (const formula of Object.keys(regions)) {
    const component = formula.split('#')[0] ?? '';
    if (!there.has(component))
      wrong.push(`regions: ${component} is not there, so that nothing of it can be held to what it was. Leave it out.`);
    else if (!components.some((key) => key === component))
      wrong.push(`regions: ${formula} belongs to ${component}, which components does not name.`);
  }
  if (wrong.length > 0) return { wrong };
  const born = components.filter((key) => !there.has(key));
  return {
    components,
    members: [...new Set([...members, ...born])],
    ...(reaches.length === 0 ? {} : { reaches }),
    ...(Object.keys(regions).length === 0 ? {} : { regions }),
  };
}
