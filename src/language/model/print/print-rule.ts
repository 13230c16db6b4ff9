/** A decision, an approval or an access rule as a source file in house style. Reading it gives the same contract. */
import type { PermanentId, RuleContract } from '#kernel';
import { rowShape } from '../system-model.ts';
import { laidOut, quoted, type Doc } from './layout.ts';
import { speaksOfStrategies } from '#rules';
import { pointMembers } from './print-points.ts';
import { functionText, type PrintContext, wholeFile } from './print-context.ts';
import { invariantsDoc } from './print-entity.ts';

export function printRule(rule: RuleContract, context: PrintContext): string {
  const shape = rowShape(context.model, rule.on);
  const fieldName = (id: PermanentId): string => shape?.fields.find((field) => field.id === id)?.name ?? id;
  const members: (readonly [string, Doc])[] = [
    ['id', quoted(rule.id)],
    ['name', quoted(rule.name)],
    ['on', quoted(shape?.name ?? rule.on)],
  ];
  if (rule.form === 'decision') {
    if (rule.points !== undefined && !speaksOfStrategies(rule.decide))
      throw new TypeError(`${rule.name} is printed as it is in use, which would lose its other strategies`);
    members.push(['governs', quoted(fieldName(rule.governs))], ...pointMembers(rule.points), [
      'decide',
      functionText(rule.decide, rule.on, context, 'decide'),
    ]);
    if (rule.ensures.length > 0) members.push(['ensures', invariantsDoc(rule.ensures, rule.on, context, 'ensures/')]);
  } else if (rule.form === 'access') {
    members.push(['roles', { list: rule.roles.map(quoted) }], ['rows', functionText(rule.rows, rule.on, context, 'rows', false)]);
    if (rule.write !== undefined) members.push(['write', functionText(rule.write, rule.on, context, 'write', false)]);
  } else {
    members.push(['by', quoted(rule.role)], ['when', functionText(rule.when, rule.on, context, 'when', false)]);
    if (rule.amount !== undefined) members.push(['amount', functionText(rule.amount, rule.on, context, 'amount', false)]);
    members.push(['before', quoted(fieldName(rule.before))]);
  }
  return wholeFile(
    context,
    `export default ${laidOut({ call: rule.form === 'decision' ? 'rule' : rule.form, with: [{ object: members, open: true }] })};\n`,
  );
}
