/**
 * The canonical sentence of a request. The law: it parses back to the same tree. It is checked at run time for every
 * answer, so what a person reads is what will be done.
 */
import type { SystemModel } from '#model';
import { entityNamed } from '#model';
import { articleFor, baseOf, pluralOf, singularOf } from '../inflection.ts';
import { isReserved, nounType, TYPE_WORDS } from '../lexicon.ts';
import { camelOf, capitalised, labelOf, listed } from '../names.ts';
import type { Comparison, FieldSpec, Owner, Request, TypeSpec } from '../request.ts';
import { fieldOf, fieldsOfKind, ownerWords, type Row, rowOf } from '../resolve.ts';
import { accessWords } from './access.ts';
import { transitionTo } from './transition-to.ts';
import { jobWords, reactionWords, rescheduleWords, stopWords } from './unasked.ts';
import { choiceWords, echoFormula, echoGroup, echoLiteral, echoMoney, echoNumber, insideRow, rowsWords, whenWords } from './phrases.ts';
import { flowWords } from './workflow.ts';

/** A name as it can be said again: in quotation marks where its words have a role of their own. */
const nameWords = (name: string): string => {
  const label = labelOf(name);
  const parts = label.split(' ');
  const saysType = parts.length > 1 && TYPE_WORDS[parts[0] ?? ''] !== undefined && parts[1] !== 'of';
  const plain =
    !saysType &&
    camelOf(label) === name &&
    parts.length <= 4 &&
    parts.every(
      (part, index) =>
        !isReserved(part) ||
        (part === 'on' && index > 0 && index === parts.length - 1) ||
        (part === 'of' && /^(numbers?|dates?|day|place|country|type|kind)$/.test(parts.slice(0, index).join(' '))),
    );
  return plain ? label : `"${label}"`;
};
const TYPES: { readonly [kind: string]: string } = {
  text: 'text',
  integer: 'number',
  decimal: 'decimal',
  money: 'amount',
  date: 'date',
  boolean: 'yes/no',
};

function impliedType(model: SystemModel, name: string): TypeSpec | undefined {
  const label = labelOf(name);
  const noun = nounType(label);
  if (noun !== undefined) return { kind: noun } as TypeSpec;
  const parts = label.split(' ');
  const target = model.entities.findLast((entity) =>
    [1, 2, 3].some((length) => parts.length >= length && camelOf(parts.slice(-length).join(' ')) === entity.name),
  );
  return target === undefined ? undefined : { kind: 'reference', to: target.name };
}
/** "a unique email", "a text motto", "a rating from 1 to 5", "a state planned, running or done". */
export function echoField(model: SystemModel, field: FieldSpec): string {
  const type = field.type;
  const words = nameWords(field.name);
  const mods = [
    ...(field.required === true && field.name !== 'name' ? ['required'] : field.required === false ? ['optional'] : []),
    ...(field.unique === true ? ['unique'] : []),
  ];
  const withArticle = (parts: readonly string[]): string => {
    const text = parts.filter((part) => part !== '').join(' ');
    return `${articleFor(text.replaceAll('"', ''))} ${text}`;
  };
  const value =
    field.caller !== undefined
      ? ` by default the caller's ${field.caller}`
      : field.default === undefined
        ? ''
        : ` by default ${echoLiteral(model, field.default)}`;
  if (type.kind === 'list') return `${words} with ${listed(type.fields.map((each) => echoField(model, each)))}`;
  if (type.kind === 'choice') {
    const first = type.choices[0];
    const own = field.default?.is === 'choice' && field.default.value === first ? '' : value;
    return `${withArticle([...mods, words])} of ${listed(type.choices.map(choiceWords), 'or')}${own}`;
  }
  const implied = impliedType(model, field.name);
  const stated =
    implied !== undefined &&
    implied.kind === type.kind &&
    (type.kind !== 'reference' || (implied.kind === 'reference' && implied.to === type.to));
  const bounds =
    (type.kind === 'integer' || type.kind === 'money') && type.min !== undefined && type.max !== undefined
      ? ` from ${type.min} to ${type.max}`
      : (type.kind === 'integer' || type.kind === 'money') && type.min !== undefined
        ? ` that is at least ${type.min}`
        : (type.kind === 'integer' || type.kind === 'money') && type.max !== undefined
          ? ` that is at most ${type.max}`
          : '';
  const needsType = !stated && !(type.kind === 'integer' && bounds !== '' && implied === undefined);
  return `${withArticle([...mods, needsType ? `${TYPES[type.kind] ?? ''} called` : '', words])}${bounds}${value}`;
}
const a = (words: string): string => `${articleFor(words)} ${words}`;
const one = (model: SystemModel, owner: Owner): string => a(ownerWords(model, owner));
const many = (model: SystemModel, owner: Owner): string => {
  const entity = entityNamed(model, owner.entity);
  return owner.list === undefined ? labelOf(entity?.plural ?? pluralOf(owner.entity)) : pluralOf(ownerWords(model, owner));
};
const theField = (model: SystemModel, owner: Owner, field: string): string => `the ${labelOf(field)} of ${one(model, owner)}`;
/** What must hold, said as what must not be. */
const MUST: { readonly [By in Comparison]: string } = {
  atMost: 'cannot be over',
  atLeast: 'cannot be under',
  over: 'must be over',
  under: 'must be under',
  equal: 'must be',
  notEqual: 'must not be',
};

/** Without the full stop, beginning with a capital letter. `undefined`: there is no sentence for it (a bug). */
export function echo(model: SystemModel, request: Request): string | undefined {
  const text = sentence(model, request);
  return text === undefined ? undefined : capitalised(text);
}
function sentence(model: SystemModel, request: Request): string | undefined {
  switch (request.act) {
    case 'track':
      return `track ${nameWords(request.plural)} with ${fieldList(model, request.fields)}`;
    case 'stopTracking':
      return `stop tracking ${many(model, { entity: request.entity })}`;
    case 'addFields':
      return `add ${fieldList(model, request.fields)} to ${many(model, request.owner)}`;
    case 'renameField':
      return `rename ${theField(model, request.owner, request.field)} to ${nameWords(request.to)}`;
    case 'removeField':
      return `remove ${theField(model, request.owner, request.field)}`;
    case 'setRequired':
      return `${theField(model, request.owner, request.field)} is ${request.required ? 'required' : 'optional'}`;
    case 'setUnique':
      return `${theField(model, request.owner, request.field)} is ${request.unique ? '' : 'no longer '}unique`;
    case 'setDefault':
      return `${theField(model, request.owner, request.field)} is ${echoLiteral(model, request.value)} by default`;
    case 'setBounds': {
      const money = fieldOf(model, request.owner, request.field)?.type.kind === 'money';
      const figure = (text: string): string => (money ? echoMoney(model, text) : echoNumber(text));
      const subject = theField(model, request.owner, request.field);
      if (request.min !== undefined && request.max !== undefined)
        return `${subject} is between ${figure(request.min)} and ${figure(request.max)}`;
      return request.min !== undefined
        ? `${subject} is at least ${figure(request.min)}`
        : `${subject} is at most ${figure(request.max ?? '0')}`;
    }
    case 'addChoices':
      return `${theField(model, request.owner, request.field)} can also be ${listed(request.choices.map(choiceWords), 'or')}`;
    case 'removeChoice':
      return `${theField(model, request.owner, request.field)} can no longer be ${choiceWords(request.choice)}`;
    case 'derive':
    case 'defaultFormula': {
      const row = rowOf(model, request.owner);
      if (row === undefined) return undefined;
      const subject = `the ${nameWords(request.field)} of ${one(model, request.owner)} is`;
      return `${subject} ${request.act === 'derive' ? '' : 'by default '}${echoFormula(model, row, request.formula)}`;
    }
    case 'deriveFlag': {
      const row = rowOf(model, request.owner);
      return row === undefined
        ? undefined
        : `${one(model, request.owner)} is ${nameWords(request.field)} when ${whenWords(model, row, request.when)}`;
    }
    case 'discount': {
      const row = rowOf(model, { entity: request.entity });
      if (row === undefined) return undefined;
      const off = 'percent' in request.off ? `${request.off.percent}%` : echoMoney(model, request.off.amount);
      return `${echoGroup(model, row, request.where, many(model, { entity: request.entity }))} get ${off} off`;
    }
    case 'approval': {
      const row = rowOf(model, { entity: request.entity });
      if (row === undefined) return undefined;
      return `${echoGroup(model, row, request.where, many(model, { entity: request.entity }))} need approval by ${a(labelOf(request.role))} before their ${labelOf(request.before)} changes`;
    }
    case 'limit':
      return limitWords(model, request);
    case 'allow': {
      const subject = one(model, { entity: request.entity });
      const state = `while it is ${listed(request.from.map(labelOf), 'or')}`;
      const effects = request.effects.map((effect) => {
        if (effect.is === 'set')
          return `its ${labelOf(effect.field)} is ${effect.value.is === 'date' && effect.value.value === 'today' ? 'today' : echoLiteral(model, effect.value)}`;
        const row = rowOf(model, { entity: request.entity });
        const lines = row === undefined ? labelOf(effect.list) : rowsWords(model, row, { list: effect.list, where: [] });
        return effect.back ? `its ${lines} go back to ${labelOf(effect.field)}` : `its ${lines} are taken from ${labelOf(effect.field)}`;
      });
      const then = effects.length === 0 ? '' : `; then ${listed(effects)}`;
      const verb = baseOf(labelOf(request.to));
      return request.roles.length === 0 || verb === undefined
        ? `${subject} can be ${labelOf(request.to)} ${state}${then}`
        : `only ${listed(
            request.roles.map((role) => a(labelOf(role))),
            'or',
          )} can ${verb} ${subject} ${state}${then}`;
    }
    case 'restrict': {
      const to = transitionTo(model, request.operation);
      const verb = to === undefined ? undefined : baseOf(labelOf(to));
      return verb === undefined
        ? undefined
        : `only ${listed(
            request.roles.map((role) => a(labelOf(role))),
            'or',
          )} can ${verb} ${one(model, { entity: request.entity })}`;
    }
    case 'show':
      return showWords(model, request);
    case 'react':
      return reactionWords(model, request);
    case 'schedule':
      return jobWords(model, request);
    case 'reschedule':
      return rescheduleWords(request);
    case 'stopUnasked':
      return stopWords(request);
    case 'access':
      return accessWords(model, request);
    case 'flow':
    case 'addWay':
    case 'removeWay':
    case 'wayBy':
    case 'wayWhen':
    case 'wayAfter':
    case 'neverWay':
    case 'stopFlow':
      return flowWords(model, request);
    case 'stopShowing':
      return `stop showing the view ${labelOf(request.view)}`;
  }
}
const fieldList = (model: SystemModel, fields: readonly FieldSpec[]): string => {
  const words = fields.map((field) => echoField(model, field));
  const tail = words.at(-1) ?? '';
  return words.length < 2 ? tail : `${words.slice(0, -1).join(', ')} and ${tail}`;
};
function limitWords(model: SystemModel, request: Extract<Request, { act: 'limit' }>): string | undefined {
  const row = rowOf(model, { entity: request.entity });
  const entity = entityNamed(model, request.entity);
  if (row === undefined || entity === undefined) return undefined;
  const group =
    request.where.length === 0 ? one(model, { entity: request.entity }) : echoGroup(model, row, request.where, labelOf(entity.plural));
  if (request.left.is === 'aggregate') {
    const inside = insideRow(model, row, request.left.over);
    const items = inside === undefined ? '' : rowsWords(model, row, request.left.over);
    const count = request.right.is === 'literal' && request.right.literal.is === 'number' ? request.right.literal.value : '';
    const noun = count === '1' ? singularOf(items) : items;
    return request.by === 'atLeast' ? `${group} must have at least ${count} ${noun}` : `${group} can have at most ${count} ${noun}`;
  }
  const right = echoFormula(model, row, request.right);
  const amounts = fieldsOfKind(model, row, 'money');
  const path = request.left.is === 'field' ? request.left.path : [];
  const implied =
    amounts.length === 1 && path.length === 1 && amounts[0]?.name === path[0] && (request.by === 'atMost' || request.by === 'atLeast');
  if (implied) return `${group} ${MUST[request.by]} ${right}`;
  const dates = fieldOf(model, { entity: request.entity }, path[0] ?? '')?.type.kind === 'date';
  const must = dates
    ? {
        atMost: 'cannot be after',
        atLeast: 'cannot be before',
        over: 'must be after',
        under: 'must be before',
        equal: 'must be',
        notEqual: 'must not be',
      }[request.by]
    : MUST[request.by];
  return `the ${path.map(labelOf).join("'s ")} of ${group} ${must} ${right}`;
}
function showWords(model: SystemModel, request: Extract<Request, { act: 'show' }>): string | undefined {
  const row = rowOf(model, { entity: request.entity });
  const entity = entityNamed(model, request.entity);
  if (row === undefined || entity === undefined) return undefined;
  const said = (steps: readonly string[], name: string): string =>
    camelOf(steps.join(' ')) === name || steps.length === 1 ? steps.map(labelOf).join("'s ") : labelOf(name);
  const noun = echoGroup(model, row, request.where, labelOf(entity.plural));
  const by = request.by === undefined ? '' : ` by ${said(request.by.path, request.by.name)}`;
  const columns = request.columns.length === 0 ? '' : ` with ${listed(request.columns.map((column) => said(column.path, column.name)))}`;
  const order = request.order === undefined ? '' : orderWords(request, request.order);
  const head = request.figure === 'count' ? 'show the number of' : 'show';
  const limit =
    request.limit === undefined || request.order === undefined
      ? ''
      : ` ${request.limit} ${request.order.direction === 'descending' ? 'largest' : 'smallest'}`;
  if (request.limit !== undefined) {
    const column = request.columns.find((each) => each.name === request.order?.by);
    const kind = column === undefined ? undefined : rowKind(model, row, column.path);
    const rank =
      kind === 'date'
        ? request.order?.direction === 'descending'
          ? 'newest'
          : 'oldest'
        : request.order?.direction === 'descending'
          ? 'largest'
          : 'smallest';
    return `${head} the ${request.limit} ${rank} ${noun}${by}${columns} called "${labelOf(request.view)}"`;
  }
  return `${head}${limit} ${noun}${by}${columns}${order} called "${labelOf(request.view)}"`;
}
const rowKind = (model: SystemModel, row: Row, steps: readonly string[]): string | undefined =>
  steps.length === 1 ? fieldOf(model, row.owner, steps[0] ?? '')?.type.kind : undefined;
function orderWords(request: Extract<Request, { act: 'show' }>, order: { readonly by: string; readonly direction: string }): string {
  const column = request.columns.find((each) => each.name === order.by || order.by.startsWith(each.name));
  const named = column === undefined ? (order.by === 'count' ? 'count' : labelOf(request.by?.name ?? order.by)) : labelOf(column.name);
  return ` sorted by ${named}${order.direction === 'descending' ? ' descending' : ''}`;
}
