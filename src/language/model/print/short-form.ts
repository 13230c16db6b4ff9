/**
 * A component in few words: what it is and why, and its contract as one would write it in TypeScript. Enough to know what it holds, takes
 * and answers; bodies, ids and numbers are left out.
 */
import { type Contract, type Field, type FieldType, hasBody, type PermanentId } from '#kernel';
import { componentKey } from '../paths.ts';
import type { ReadComponent } from '../reading.ts';
import { entityById, type SystemModel } from '../system-model.ts';

type Sources = { readonly [path: string]: string };
/** Without an outline, formulas are named and not shown. */
export type ShortFormed = Pick<ReadComponent, 'contract' | 'head' | 'path'> & Partial<Pick<ReadComponent, 'outline'>>;

export function shortForm(component: ShortFormed, model: SystemModel, sources: Sources): string {
  const { contract, head } = component;
  const why = head.why === '' ? '' : ` (${head.why})`;
  return `${componentKey(contract.kind, contract.name)}: ${head.what}${why}\n${contractText(component, model, sources)}`;
}

function contractText(component: ShortFormed, model: SystemModel, sources: Sources): string {
  const { contract } = component;
  const named = (id: PermanentId): string => entityById(model, id)?.name ?? id;
  /** A member of the definition as it is written, on one line. */
  const written = (member: string): string => {
    const span = component.outline?.[member];
    if (span === undefined) return '';
    const text = (sources[component.path] ?? '').slice(span.start, span.end).replaceAll(/\s+/g, ' ');
    return bodyOf(text.slice(text.indexOf(':') + 1).trim());
  };
  switch (contract.kind) {
    case 'entity': {
      const fields = contract.fields.map((field) => fieldText(field, named, (mode) => computedText(written(`fields/${field.name}`), mode)));
      const invariants = contract.invariants.map(({ name }) => {
        const text = written(`invariants/${name}`);
        return `${name} ${bodyOf(memberOf(text, 'holds'))}`;
      });
      return `{ ${fields.join('; ')} }${invariants.length === 0 ? '' : ` always ${invariants.join('; ')}`}`;
    }
    case 'rule': {
      const on = named(contract.on);
      if (contract.form === 'decision') return `${on}.${fieldName(model, contract.on, contract.governs)} = ${written('decide')}`;
      if (contract.form === 'approval')
        return `approval by ${contract.role} before ${on}.${fieldName(model, contract.on, contract.before)} when ${written('when')}`;
      return `access to ${on} for ${contract.roles.join(', ')}: rows ${written('rows')}`;
    }
    case 'workflow': {
      const { on, field, starts, transitions } = contract;
      const state = (id: PermanentId): string => choiceName(model, on, field, id);
      const ways = transitions.map(({ name, from, to, roles, after }) => {
        const who = after !== undefined ? ` after ${after.count} ${after.unit}` : roles.length > 0 ? ` for ${roles.join(', ')}` : '';
        return `${name}: ${from.map(state).join('|')} -> ${state(to)}${who}`;
      });
      return `${named(on)}.${fieldName(model, on, field)} from ${state(starts)}; ${ways.join('; ')}`;
    }
    case 'operation': {
      const { http, input, output, on, roles, transition } = contract;
      const state =
        transition === undefined || on === undefined
          ? ''
          : ` ${transition.from.map((id) => choiceName(model, on, transition.field, id)).join('|')} -> ${choiceName(model, on, transition.field, transition.to)}`;
      const answers = output === null ? '' : ` => ${'row' in output ? named(output.row) : `{ ${fieldsText(output.fields, named)} }`}`;
      return `${http.method} ${http.path}${on === undefined ? '' : ` on ${named(on)}`}${state} (${fieldsText(input, named)})${answers}${roles.length === 0 ? '' : ` for ${roles.join(', ')}`}${may(contract, named)}`;
    }
    case 'view': {
      const where = written('where');
      return `from ${named(contract.from)}${where === '' ? '' : ` where ${where}`}: ${contract.columns.map(({ name, aggregate }) => (aggregate === undefined ? name : `${name} ${aggregate}`)).join(', ')}`;
    }
    case 'reaction':
      return `on ${'event' in contract.on ? contract.on.event : `${named(contract.on.entity)}.${contract.on.happens}`}${may(contract, named)}`;
    case 'job':
      return `at ${contract.schedule.cron}${may(contract, named)}`;
  }
}

/** What stands behind the arrow of a formula, or what is there. */
const bodyOf = (text: string): string => {
  const arrow = /^\([^)]*\)\s*=>\s*/.exec(text);
  return (arrow === null ? text : text.slice(arrow[0].length)).replace(/,$/, '');
};
const memberOf = (text: string, member: string): string =>
  new RegExp(`\\b${member}:\\s*(.*?)(?:,\\s*\\w+:|\\s*\\}?$)`, 's').exec(text)?.[1]?.trim() ?? text;
const computedText = (text: string, mode: 'live' | 'fixed'): string =>
  mode === 'live'
    ? bodyOf(
        text
          .slice(text.indexOf('live:') + 5)
          .replace(/\}\)?,?$/, '')
          .trim(),
      )
    : 'fixed';

function fieldText(field: Field, named: (id: PermanentId) => string, computed: (mode: 'live' | 'fixed') => string): string {
  const { name, type, required, unique, sensitive, derived } = field;
  return `${name}${required || derived !== undefined ? '' : '?'}: ${typeText(type, named)}${unique ? ' unique' : ''}${sensitive ? ' sensitive' : ''}${derived === undefined ? '' : ` = ${computed(derived.mode)}`}`;
}
const fieldsText = (fields: readonly Field[], named: (id: PermanentId) => string): string =>
  fields.map((field) => fieldText(field, named, (mode) => mode)).join('; ');
function typeText(type: FieldType, named: (id: PermanentId) => string): string {
  if (type.kind === 'choice') return type.choices.map(({ name }) => name).join('|');
  if (type.kind === 'reference') return named(type.to);
  if (type.kind === 'list') return `${type.item}[] { ${fieldsText(type.fields, named)} }`;
  if (type.kind === 'quantity') return type.unit;
  return type.kind;
}

const fieldOf = (model: SystemModel, entity: PermanentId, id: PermanentId): Field | undefined =>
  entityById(model, entity)?.fields.find((field) => field.id === id);
const fieldName = (model: SystemModel, entity: PermanentId, id: PermanentId): string => fieldOf(model, entity, id)?.name ?? id;
function choiceName(model: SystemModel, entity: PermanentId, field: PermanentId, id: PermanentId): string {
  const type = fieldOf(model, entity, field)?.type;
  return (type?.kind === 'choice' ? type.choices.find((choice) => choice.id === id)?.name : undefined) ?? id;
}

function may(contract: Contract, named: (id: PermanentId) => string): string {
  if (!hasBody(contract)) return '';
  const grants = contract.capabilities.map((capability) => {
    switch (capability.kind) {
      case 'data':
        return `${named(capability.entity)} ${capability.access.join('+')}`;
      case 'emit':
        return `emit ${capability.event}`;
      case 'fetch':
        return `fetch ${capability.host}`;
      case 'call':
        return 'call';
    }
  });
  return grants.length === 0 ? '' : ` may ${grants.join(', ')}`;
}
