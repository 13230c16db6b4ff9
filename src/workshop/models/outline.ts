/** A system in a few lines: one a component, with what others need to know of it. Names and types alone, no rows. */
import { type Contract, type Field, type FieldType, hasBody, type PermanentId } from '#kernel';
import { componentKey, contractsOf, entityById, type SystemModel } from '#model';
import { fitting } from './tokens.ts';

/** The components that share words with `question` first, whole as long as they fit; of the others the names. */
export function outline(model: SystemModel, question: string, tokens: number): string {
  const words = new Set(wordsOf(question));
  const lines = contractsOf(model)
    .map((contract, at) => {
      const line = lineOf(contract, model);
      return { line, key: componentKey(contract.kind, contract.name), at, hits: wordsOf(line).filter((word) => words.has(word)).length };
    })
    .sort((a, b) => b.hits - a.hits || a.at - b.at);
  const { kept, rest } = fitting(lines, ({ line }) => line, tokens);
  const names = fitting(rest, ({ key }) => `${key}, `, Math.ceil(tokens / 4));
  return [
    ...kept.map(({ line }) => line),
    ...(names.kept.length === 0 ? [] : [`Others: ${names.kept.map(({ key }) => key).join(', ')}.`]),
    ...(names.rest.length === 0 ? [] : [`And ${names.rest.length} more.`]),
  ].join('\n');
}

const wordsOf = (text: string): readonly string[] =>
  text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2)
    .map((word) => word.replace(/s$/, ''));

function lineOf(contract: Contract, model: SystemModel): string {
  const key = componentKey(contract.kind, contract.name);
  const named = (id: PermanentId): string => entityById(model, id)?.name ?? id;
  switch (contract.kind) {
    case 'entity': {
      const retired = contract.retired.length === 0 ? '' : `; retired: ${contract.retired.map(({ name }) => name).join(', ')}`;
      const invariants = contract.invariants.length === 0 ? '' : `; invariants: ${contract.invariants.map(({ name }) => name).join(', ')}`;
      return `${key} (${contract.plural}): ${fieldsOf(contract.fields, named)}${invariants}${retired}`;
    }
    case 'rule':
      return `${key}: ${contract.form} on ${named(contract.on)}${contract.form === 'access' ? ` for ${contract.roles.join(', ')}` : ''}`;
    case 'operation': {
      const { http, input, output, on, roles } = contract;
      const answers = output === null ? 'nothing' : 'row' in output ? named(output.row) : fieldsOf(output.fields, named);
      return `${key}: ${http.method} ${http.path} (${http.status})${on === undefined ? '' : ` on ${named(on)}`}; input ${fieldsOf(input, named) || 'none'}; answers ${answers}${roles.length === 0 ? '' : `; roles ${roles.join(', ')}`}${may(contract, named)}`;
    }
    case 'workflow':
      return `${key}: on ${named(contract.on)}; ${contract.transitions.map(({ name }) => name).join(', ')}`;
    case 'view':
      return `${key}: from ${named(contract.from)}, columns ${contract.columns.map(({ name }) => name).join(', ')}`;
    case 'reaction':
      return `${key}: on ${'event' in contract.on ? contract.on.event : `${named(contract.on.entity)}.${contract.on.happens}`}${may(contract, named)}`;
    case 'job':
      return `${key}: at ${contract.schedule.cron}${may(contract, named)}`;
  }
}

function may(contract: Contract, named: (id: PermanentId) => string): string {
  if (!hasBody(contract)) return '';
  const grants = contract.capabilities.flatMap((capability) => {
    switch (capability.kind) {
      case 'data':
        return [`${named(capability.entity)} ${capability.access.join('+')}`];
      case 'emit':
        return [`emit ${capability.event}`];
      case 'fetch':
        return [`fetch ${capability.host}`];
      case 'call':
        return ['call'];
    }
  });
  return grants.length === 0 ? '' : `; may ${grants.join(', ')}`;
}

const fieldsOf = (fields: readonly Field[], named: (id: PermanentId) => string): string =>
  fields.map((field) => `${field.name} ${typeOf(field.type, named)}${marks(field)}`).join(', ');
const marks = ({ required, unique, sensitive, derived }: Field): string =>
  `${required ? ' required' : ''}${unique ? ' unique' : ''}${sensitive ? ' sensitive' : ''}${derived === undefined ? '' : ` ${derived.mode}`}`;
function typeOf(type: FieldType, named: (id: PermanentId) => string): string {
  if (type.kind === 'choice') return type.choices.map(({ name }) => name).join('|');
  if (type.kind === 'reference') return `-> ${named(type.to)}`;
  if (type.kind === 'list') return `list of ${type.item} { ${fieldsOf(type.fields, named)} }`;
  return type.kind;
}
