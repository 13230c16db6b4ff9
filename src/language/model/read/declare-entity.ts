/** An entity out of the syntax: fields, what was removed from it, invariants, title. */
import type { Json } from '#kernel';
import { shapeProblem } from '#schema';
import type { DeclaredEntity } from './declared.ts';
import { type Context, identity, invariantsOf, named, namedList } from './definition.ts';
import { fieldsOf, idIn } from './fields-of.ts';
import { jsonOf, membersOf, numberIn, objectIn, textIn, type Members } from './literal.ts';
import { declaredIndexes } from './declare-indexes.ts';
import { checkName } from './name-rules.ts';
import type { ObjectExpression } from './syntax.ts';

/** A call has no longer to answer. */
const LONGEST_MS = 60_000;

/** What says how else a request is made is no token. */
const TOKEN_HEADER = /^(?!content-|accept|if-|sec-|proxy-|host$|cookie$|origin$|idempotency-|authorization$)[a-z][a-z0-9_-]{0,59}$/;
/** `identity: { login: 'email', roles: ['reader'], days: 30 }`: its rows sign in by themselves. */
function identityOf(members: Members, context: Context): DeclaredEntity['identity'] {
  const node = objectIn(members, 'identity', context.report);
  if (node === undefined) return undefined;
  const parts = membersOf(node, context.report, ['login', 'roles', 'days', 'header']);
  const login = named(parts, 'login', context, node);
  const roles = namedList(parts, 'roles', context);
  if (roles.length === 0) context.report(node.start, "roles names what who signs in may: roles: ['reader']");
  const days = numberIn(parts, 'days', context.report, 1, 366) ?? 30;
  const header = textIn(parts, 'header', context.report)?.toLowerCase();
  if (header !== undefined && !TOKEN_HEADER.test(header))
    context.report(node.start, "header names where a token may come besides Authorization: header: 'X-Api-Key'");
  return login === undefined ? undefined : { login, roles, days, ...(header === undefined ? {} : { header }), start: node.start };
}

/** `shapes: { card: { type: 'object', ... } }`: stated once, for all operations that speak of it. */
function shapesOf(members: Members, { report }: Context): DeclaredEntity['shapes'] {
  const shapes = new Map<string, { readonly shape: Json; readonly start: number }>();
  const node = objectIn(members, 'shapes', report);
  for (const member of node === undefined ? [] : membersOf(node, report).values()) {
    checkName(member.name, 'a shape', member.start, report);
    const shape = jsonOf(member.value, report);
    const problem = shape === undefined ? undefined : shapeProblem(shape);
    if (problem !== undefined) report(member.value.start, `the shape ${member.name}: ${problem}`);
    else if (shape !== undefined) shapes.set(member.name, { shape, start: member.value.start });
  }
  return shapes;
}

export function entityOf(node: ObjectExpression, context: Context): DeclaredEntity | undefined {
  const { report } = context;
  const members = membersOf(node, report, [
    'id',
    'name',
    'plural',
    'title',
    'fields',
    'retired',
    'invariants',
    'identity',
    'indexes',
    'shapes',
    'answersWithin',
  ]);
  const self = identity(members, 'e', 'an entity', node, context);
  if (self?.name === 'emit' || self?.name === 'fetch' || self?.name === 'identity')
    report(
      members.get('name')?.value.start ?? 0,
      `${self.name} cannot be the name of an entity: it is what operations ${self.name === 'emit' ? 'tell events' : self.name === 'fetch' ? 'reach outside hosts' : 'sign people in'} with; take another word`,
    );
  const plural = textIn(members, 'plural', report, node);
  if (plural !== undefined) checkName(plural, 'many of an entity', members.get('plural')?.value.start ?? 0, report);
  if (plural === 'views' || plural === 'operations')
    report(members.get('plural')?.value.start ?? 0, `/api/${plural} is taken by the system; take another plural`);
  const fieldsNode = objectIn(members, 'fields', report);
  if (fieldsNode === undefined) report(node.start, 'fields is missing; add fields: { ... }');
  const fields = fieldsNode === undefined ? [] : fieldsOf(fieldsNode, { report, sdk: context.sdk, ids: context.ids, within: 'entity' });
  const title = named(members, 'title', context) ?? { name: fields[0]?.name ?? '', start: node.start };
  const retired = [];
  const retiredNode = objectIn(members, 'retired', report);
  if (retiredNode !== undefined) {
    for (const member of membersOf(retiredNode, report).values()) {
      if (member.value.type !== 'ObjectExpression') {
        report(member.value.start, "a retired field is { id: 'f_...', no: 1 }");
        continue;
      }
      const parts = membersOf(member.value, report, ['id', 'no']);
      const id = idIn(parts, 'id', ['f'], member.start, context);
      const no = numberIn(parts, 'no', report, 1, 536_870_911);
      if (no === undefined) report(member.start, 'a retired field keeps its number: no: ...');
      if (id === undefined || no === undefined) continue;
      retired.push({ id, no, name: member.name });
      const holder = fields.find((field) => field.no === no);
      if (holder !== undefined)
        report(
          holder.start,
          `${holder.name} has the number ${no} of the retired field ${member.name}; numbers are never given again: take the next free one`,
        );
    }
  }
  const titleField = fields.find((field) => field.name === title.name);
  if (fields.length > 0 && (titleField === undefined || titleField.type.kind === 'list' || titleField.type.kind === 'json'))
    report(title.start, `title must be the name of a field that names a row to a person, not ${JSON.stringify(title.name)}`);
  const invariants = invariantsOf(members, 'invariants', context);
  const signing = identityOf(members, context);
  if (self === undefined || plural === undefined || fieldsNode === undefined) return undefined;
  const indexes = declaredIndexes(members, context);
  const answersWithin = numberIn(members, 'answersWithin', report, 1, LONGEST_MS);
  return {
    kind: 'entity',
    ...self,
    plural,
    title,
    fields,
    retired,
    invariants,
    indexes,
    shapes: shapesOf(members, context),
    ...(answersWithin === undefined ? {} : { answersWithin }),
    ...(signing === undefined ? {} : { identity: signing }),
  };
}
