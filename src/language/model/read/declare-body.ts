/**
 * What operations, reactions and jobs have in common: what they may do, how much of it in one call, and a body as code. Why
 * apart: whatever runs in a host is read, checked and capped in one way, whoever called it or nobody.
 */
import { type DataAccess, defaultCaps, hardCaps } from '#kernel';
import type { DeclaredBody, Named } from './declared.ts';
import { type Context, namedList } from './definition.ts';
import { jsonOf, membersOf, numberIn, objectIn, textsIn, type Members } from './literal.ts';
import { checkBody } from './operation-body.ts';
import { operationCode } from './operation-code.ts';
import type { ObjectExpression } from './syntax.ts';

const accesses: readonly DataAccess[] = ['read', 'create', 'update', 'delete'];

/** The members that `bodyOf` reads. */
export const bodyMembers: readonly string[] = ['capabilities', 'emits', 'calls', 'caps', 'run'];

export function bodyOf(node: ObjectExpression, members: Members, context: Context): Omit<DeclaredBody, 'id' | 'name'> {
  const { report } = context;
  const { kind } = context.syntax;
  const run = members.get('run');
  if (run === undefined || !run.method || run.value.type !== 'FunctionExpression' || !run.value.async || run.value.generator)
    report(
      run?.start ?? node.start,
      `the body is an async method: async run({ data, ${kind === 'reaction' ? 'event' : kind === 'job' ? 'today' : 'input'} }) { ... }`,
    );
  const capabilities = capabilitiesOf(members, context);
  const capsNode = objectIn(members, 'caps', report);
  const caps =
    capsNode === undefined ? (new Map() as Members) : membersOf(capsNode, report, ['wallMs', 'capabilityCalls', 'rows', 'bytes']);
  const code = operationCode(context.text, context.syntax, node, report);
  checkBody(context.syntax, report);
  for (const [name, target] of context.syntax.imports)
    report(
      target.start,
      `${kind === 'operation' ? 'an' : 'a'} ${kind} calls what it needs through its capabilities; remove the import of ${name}`,
    );
  return {
    capabilities,
    emits: textsIn(members, 'emits', report),
    calls: namedList(members, 'calls', context),
    caps: {
      wallMs: numberIn(caps, 'wallMs', report, 1, hardCaps.wallMs) ?? defaultCaps.wallMs,
      capabilityCalls: numberIn(caps, 'capabilityCalls', report, 1, hardCaps.capabilityCalls) ?? defaultCaps.capabilityCalls,
      rows: numberIn(caps, 'rows', report, 1, hardCaps.rows) ?? defaultCaps.rows,
      bytes: numberIn(caps, 'bytes', report, 1, hardCaps.bytes) ?? defaultCaps.bytes,
    },
    code,
  };
}

function capabilitiesOf(members: Members, context: Context): { entity: Named; access: DataAccess[]; sensitive: readonly Named[] }[] {
  const { report } = context;
  const node = objectIn(members, 'capabilities', report);
  if (node === undefined) return [];
  return [...membersOf(node, report).values()].map((member) => {
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
  });
}
