/** Whether a scope that a model stated is one: names that can be, members of components that it names, nothing new that is there, and what it comes to is there and stays. */
import type { ComponentKind, Scope } from '#kernel';
import { componentKey, contractsOf, entityNamed, pathOf, type ReadTests, type SystemModel, testPathOf } from '#model';

export interface StatedScope {
  readonly components: readonly `${ComponentKind}/${string}`[];
  readonly members: readonly string[];
  readonly reaches?: readonly string[];
  readonly regions?: { readonly [formula: string]: string };
  readonly tests?: readonly string[];
  readonly data?: readonly string[];
}
const parts = /^((?:entity|rule|workflow|operation|view|reaction|job)\/[a-z][A-Za-z0-9]*)(?:#([a-zA-Z]+(?:\/[\w-]+)*))?$/;
const known: { readonly [Kind in ComponentKind]: readonly string[] } = {
  entity: ['field', 'invariant', 'retired', 'plural', 'title', 'identity', 'indexes', 'answersWithin', 'shape'],
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
  { components, members, reaches = [], regions = {}, tests = [], data }: StatedScope,
  model: SystemModel,
  earlier: readonly ReadTests[] = [],
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
  wrong.push(...testProblems(tests, components, earlier), ...dataProblems(data, components, model));
  if (wrong.length > 0) return { wrong };
  const born = components.filter((key) => !there.has(key));
  return {
    components,
    members: [...new Set([...members, ...born])],
    ...(reaches.length === 0 ? {} : { reaches }),
    ...(Object.keys(regions).length === 0 ? {} : { regions }),
    tests,
    data: data ?? [],
  };
}

/** Whoever writes softens no test that was not named before: so each that is named is there. */
function testProblems(tests: readonly string[], components: StatedScope['components'], earlier: readonly ReadTests[]): readonly string[] {
  return tests.flatMap((test) => {
    const at = test.indexOf('#');
    const key = at < 0 ? test : test.slice(0, at);
    if (!components.some((component) => component === key)) return [`tests: ${test} stands beside ${key}, which components does not name.`];
    if (at < 0) return [];
    const names = namesOf(earlier.find(({ path }) => path === pathOfTests(key)));
    return names.includes(test.slice(at + 1))
      ? []
      : [
          `tests: there is no ${JSON.stringify(test.slice(at + 1))} beside ${key}; there are ${JSON.stringify(names.slice(0, 20))}. Adding one needs no name here.`,
        ];
  });
}
const namesOf = (tests: ReadTests | undefined): readonly string[] =>
  [...(tests?.examples ?? []), ...(tests?.properties ?? [])].map(({ name }) => name);
function pathOfTests(key: string): string {
  const [kind = '', name = ''] = key.split('/');
  return testPathOf(pathOf(kind as ComponentKind, name));
}

/** What has a body says what it will touch before it is written, and is held to that. */
function dataProblems(data: readonly string[] | undefined, components: StatedScope['components'], model: SystemModel): readonly string[] {
  const bodies = components.filter((key) => /^(?:operation|reaction|job)\//.test(key));
  if (data === undefined)
    return bodies.length === 0
      ? []
      : [
          `data: say what ${bodies.join(', ')} will read and write that it could not before, as ["order update"]; an empty list where it is nothing.`,
        ];
  return data.flatMap((access) => {
    const [entity = ''] = (access.split(' ')[0] ?? '').split('.');
    return entityNamed(model, entity) !== undefined || components.some((key) => key === `entity/${entity}`)
      ? []
      : [`data: there is no entity ${entity}, and components brings none.`];
  });
}
