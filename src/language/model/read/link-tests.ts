/** Tests of a component, linked: every name that a step uses must exist, and every property be a formula over a row. */
import { anyone, type Json } from '#kernel';
import { pathOf } from '../paths.ts';
import type { Example, ExampleStep, ReadTests } from '../reading.ts';
import type { DeclaredStep, DeclaredTests } from './declared.ts';
import { knownRefusals } from './link-component.ts';
import type { LinkedFile } from './linked-file.ts';
import { relationIn } from './link-relation.ts';
import type { Linker } from './linker.ts';

export function testsOf(file: LinkedFile, declaration: DeclaredTests, linker: Linker): ReadTests {
  const examples = declaration.examples.map((example): Example => {
    const rows = new Map<string, string>();
    for (const step of example.steps) checkStep(file, step, rows, linker);
    return {
      name: example.name,
      ...(example.change === undefined ? {} : { change: example.change }),
      steps: example.steps.map((step) => step.json as unknown as ExampleStep),
      ...(example.open === undefined ? {} : { open: example.open }),
    };
  });
  const properties = declaration.properties.flatMap((property) => {
    const on = linker.entity(file, property.on);
    if (on !== undefined && property.relation !== undefined)
      return relationIn(file, property, property.relation, on.declaration, linker) ?? [];
    const holds =
      on === undefined || property.holds === undefined
        ? undefined
        : linker.formula(file, `property ${property.name}`, property.holds, on.declaration.id, { kind: 'boolean', optional: false });
    return holds === undefined
      ? []
      : [{ name: property.name, ...(property.change === undefined ? {} : { change: property.change }), on: property.on.name, holds }];
  });
  return { path: file.path, examples, properties };
}

/** Rows of this entity are people who sign in, and so may do a step. */
function signsIn(file: LinkedFile, entity: string | undefined, linker: Linker): boolean {
  if (entity === undefined || entity === '') return false;
  const path = pathOf('entity', entity);
  file.needs.add(`row:${path}`);
  const declaration = linker.file(path)?.declared.declaration;
  return declaration?.kind === 'entity' && declaration.identity !== undefined;
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** `rows`: names given by `as` so far, and the entity of each ('' where it is not known). */
function checkStep(file: LinkedFile, { json, start }: DeclaredStep, rows: Map<string, string>, linker: Linker): void {
  const report = (message: string): void => file.report(start, message);
  const by = text(json['by']);
  if (by !== '' && by !== anyone && !linker.roles(file).includes(by) && !signsIn(file, rows.get(by), linker))
    report(`there is no role ${by}, and no earlier step names a row of that name whose entity signs in`);
  const then = json['then'];
  const expected = typeof then === 'object' && then !== null && !Array.isArray(then) ? (then as { readonly [name: string]: Json }) : {};
  const refused = expected['refused'];
  if (refused !== undefined && !knownRefusals.has(text(refused)))
    report(`${JSON.stringify(refused)} is no code of a refusal; codes are ${[...knownRefusals].join(', ')}`);
  const known = (name: string): string | undefined => {
    const entity = rows.get(name);
    if (entity === undefined) report(`no earlier step names a row ${JSON.stringify(name)}; add as: '${name}' to the step that makes it`);
    return entity;
  };
  const checkNames = (entity: string, values: Json | undefined): void => {
    if (
      refused !== undefined ||
      json['http'] !== undefined ||
      entity === '' ||
      typeof values !== 'object' ||
      values === null ||
      Array.isArray(values)
    )
      return;
    const names = linker.shell(pathOf('entity', entity))?.byName;
    if (names === undefined) return;
    for (const name of Object.keys(values))
      if (!names.has(name) && name !== 'id' && name !== 'version') report(`${entity} has no field ${name}`);
  };
  let made = '';
  const of = json['create'] ?? json['find'];
  if (of !== undefined) {
    made = linker.entity(file, { name: text(of), start })?.declaration.name ?? '';
    checkNames(made, json['with']);
    checkNames(made, then);
  } else if (json['call'] !== undefined) {
    const path = pathOf('operation', text(json['call']));
    file.needs.add(`operation:${path}`);
    const operation = linker.file(path)?.declared;
    if (operation === undefined || (operation.declaration !== undefined && operation.declaration.kind !== 'operation'))
      report(`there is no operation ${text(json['call'])}`);
    const declaration = operation?.declaration;
    if (declaration?.kind === 'operation') {
      if (json['http'] === undefined && (declaration.on === undefined) !== (json['on'] === undefined))
        report(
          declaration.on === undefined
            ? `${declaration.name} acts on no row; remove on`
            : `${declaration.name} acts on a row; add on: with the name of one`,
        );
      if (declaration.output !== null && 'row' in declaration.output) made = declaration.output.row.name;
    }
    if (json['on'] !== undefined) known(text(json['on']));
  } else if (json['react'] !== undefined) {
    const changed = checkReaction(file, json, report, known, linker);
    if (changed !== undefined) checkNames(changed, json['was']);
    else if (json['was'] !== undefined) report('only of a row that was changed can be said what it was');
  } else if (json['run'] !== undefined) {
    const path = pathOf('job', text(json['run']));
    file.needs.add(`job:${path}`);
    if (linker.file(path) === undefined) report(`there is no job ${text(json['run'])}`);
  } else if (json['show'] !== undefined) {
    const path = pathOf('view', text(json['show']));
    file.needs.add(`view:${path}`);
    if (linker.file(path) === undefined) report(`there is no view ${text(json['show'])}`);
  } else if (!['today', 'outside', 'after', 'emitted', 'sent'].some((kind) => json[kind] !== undefined)) {
    const entity = known(text(json['update'] ?? json['delete'] ?? json['read'] ?? json['approve']));
    checkNames(entity ?? '', json['with']);
    checkNames(entity ?? '', then);
  }
  for (const [, name = ''] of text(json['http']).matchAll(/\{([^{}]*)\}/g)) known(name);
  for (const value of Object.values((json['headers'] ?? {}) as { readonly [name: string]: Json }))
    for (const [, name = ''] of text(value).matchAll(/\{([^{}]*)\}/g)) known(name);
  if (text(json['as']) !== '') rows.set(text(json['as']), made);
}

/** A reaction runs on a row of the entity whose events it hears, or on data that was emitted. Answers the entity where it hears changes of its rows. */
function checkReaction(
  file: LinkedFile,
  json: DeclaredStep['json'],
  report: (message: string) => void,
  known: (name: string) => string | undefined,
  linker: Linker,
): string | undefined {
  const name = text(json['react']);
  const path = pathOf('reaction', name);
  file.needs.add(`reaction:${path}`);
  const declared = linker.file(path)?.declared;
  const declaration = declared?.declaration;
  if (declared === undefined || (declaration !== undefined && declaration.kind !== 'reaction')) report(`there is no reaction ${name}`);
  const entity = json['on'] === undefined ? undefined : known(text(json['on']));
  if (declaration?.kind !== 'reaction') return undefined;
  if ('event' in declaration.on) {
    if (json['on'] !== undefined)
      report(`${name} runs on ${declaration.on.event}, which is of no row; say what was emitted in with: { ... }`);
  } else if (json['on'] === undefined || json['with'] !== undefined)
    report(`${name} runs on rows of ${declaration.on.entity.name}; name one in on: '...', and nothing in with`);
  else if (entity !== undefined && entity !== '' && entity !== declaration.on.entity.name)
    report(`${name} runs on rows of ${declaration.on.entity.name}, and ${text(json['on'])} is one of ${entity}`);
  return 'entity' in declaration.on && declaration.on.happens === 'updated' ? declaration.on.entity.name : undefined;
}
