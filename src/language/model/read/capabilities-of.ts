/**
 * What a body may do, out of the syntax: rows by entity, events, other operations, outside hosts. Said in one place, member by
 * member, so that a reader sees all of it: `capabilities: { product: ['read'], emit: ['sold'], fetch: { 'api.example.com': { methods: ['GET'], read: true } } }`.
 */
import type { DataAccess, FetchMethod } from '#kernel';
import type { DeclaredCapabilities, DeclaredFetch } from './declared.ts';
import { isEventName } from '../event-name.ts';
import { isHostName } from '../host-name.ts';
import { type Context, named, namedList } from './definition.ts';
import { booleanIn, jsonOf, type Member, membersOf, objectIn, textsIn, type Members } from './literal.ts';

const accesses: readonly DataAccess[] = ['read', 'create', 'update', 'delete'];
const methods: readonly FetchMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const reading: readonly FetchMethod[] = ['GET', 'HEAD'];

/** Events and operations stand among the capabilities, or in `emits` and `calls` beside them. */
export function capabilitiesOf(members: Members, context: Context): DeclaredCapabilities {
  const { report } = context;
  const node = objectIn(members, 'capabilities', report);
  const held: Members = node === undefined ? new Map<string, Member>() : membersOf(node, report);
  const calling = held.get('call') !== undefined && !isAccess(held.get('call'), context);
  const fetches = objectIn(held, 'fetch', report);
  for (const [said, meant] of [
    ['calls', 'call'],
    ['emits', 'emit'],
  ] as const) {
    const list = held.get(said)?.value;
    if (list !== undefined && !isAccess(held.get(said), context))
      report(list.start, `among capabilities it is ${meant}: [...]; ${said}: [...] stands beside them`);
  }
  return {
    capabilities: [...held.values()]
      .filter((member) => (member.name !== 'calls' && member.name !== 'emits') || isAccess(member, context))
      .filter(({ name }) => name !== 'emit' && name !== 'fetch' && name !== 'identity' && !(name === 'call' && calling))
      .map((member) => dataOf(member, context)),
    emits: [...eventsIn(held, 'emit', context), ...eventsIn(members, 'emits', context)],
    calls: [...(calling ? namedList(held, 'call', context) : []), ...namedList(members, 'calls', context)],
    identities: held.has('identity') ? [named(held, 'identity', context)].filter((each) => each !== undefined) : [],
    fetches: fetches === undefined ? [] : [...membersOf(fetches, report).values()].flatMap((member) => fetchOf(member, context)),
  };
}

/** Names of one word: what the machine itself writes into the outbox has more, and is not to be had by emitting. */
function eventsIn(members: Members, name: string, { report }: Context): readonly string[] {
  const events = textsIn(members, name, report);
  const odd = events.find((event) => !isEventName(event));
  if (odd !== undefined)
    report(members.get(name)?.value.start ?? 0, `${JSON.stringify(odd.slice(0, 60))} is no name of an event, such as 'orderPaid'`);
  return events;
}

function dataOf(member: Member, context: Context): DeclaredCapabilities['capabilities'][number] {
  const { report } = context;
  const detailed = member.value.type === 'ObjectExpression' ? membersOf(member.value, report, ['access', 'sensitive']) : undefined;
  const list = detailed === undefined ? jsonOf(member.value, report) : textsIn(detailed, 'access', report);
  const access = accesses.filter((each) => Array.isArray(list) && list.includes(each));
  if (!Array.isArray(list) || list.length === 0 || list.some((each) => !accesses.some((known) => known === each)))
    report(member.value.start, `${member.name} needs a list of ${accesses.join(', ')}: ${member.name}: ['read']`);
  return {
    entity: { name: member.name, start: member.start },
    access,
    sensitive: detailed === undefined ? [] : namedList(detailed, 'sensitive', context),
  };
}

/** An entity may have the name `call`; then what stands there are ways to reach its rows. */
function isAccess(member: Member | undefined, context: Context): boolean {
  if (member === undefined || member.value.type === 'ObjectExpression') return member !== undefined;
  const list = jsonOf(member.value, context.report);
  return Array.isArray(list) && list.length > 0 && list.every((each) => accesses.some((known) => known === each));
}

function fetchOf(member: Member, context: Context): readonly DeclaredFetch[] {
  const { report } = context;
  if (!isHostName(member.name)) {
    report(
      member.start,
      `${JSON.stringify(member.name)} is not the name of a host in small letters, such as 'api.example.com' or 'api.example.com:8443'`,
    );
    return [];
  }
  if (member.value.type !== 'ObjectExpression') {
    report(member.value.start, `a host is '${member.name}': { methods: ['GET'], read: true }`);
    return [];
  }
  const parts = membersOf(member.value, report, ['methods', 'read']);
  const named = textsIn(parts, 'methods', report);
  const known = methods.filter((method) => named.includes(method));
  if (named.length === 0 || known.length !== new Set(named).size)
    report(member.value.start, `methods is a list of ${methods.join(', ')}: methods: ['GET']`);
  const read = booleanIn(parts, 'read', report);
  if (read && known.some((method) => !reading.includes(method)))
    report(member.value.start, 'what is read may be asked again at any time: read: true goes with GET and HEAD alone');
  return [{ host: member.name, methods: known, read }];
}
