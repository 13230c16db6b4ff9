/**
 * What operations, reactions and jobs have in common: what they may do, how much of it in one call, and a body as code. Why
 * apart: whatever runs in a host is read, checked and capped in one way, whoever called it or nobody.
 */
import { defaultCaps, hardCaps } from '#kernel';
import { capabilitiesOf } from './capabilities-of.ts';
import type { DeclaredBody } from './declared.ts';
import type { Context } from './definition.ts';
import { membersOf, numberIn, objectIn, type Members } from './literal.ts';
import { checkBody } from './operation-body.ts';
import { operationCode } from './operation-code.ts';
import type { ObjectExpression } from './syntax.ts';

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
    ...capabilities,
    caps: {
      wallMs: numberIn(caps, 'wallMs', report, 1, hardCaps.wallMs) ?? defaultCaps.wallMs,
      capabilityCalls: numberIn(caps, 'capabilityCalls', report, 1, hardCaps.capabilityCalls) ?? defaultCaps.capabilityCalls,
      rows: numberIn(caps, 'rows', report, 1, hardCaps.rows) ?? defaultCaps.rows,
      bytes: numberIn(caps, 'bytes', report, 1, hardCaps.bytes) ?? defaultCaps.bytes,
    },
    code,
  };
}
