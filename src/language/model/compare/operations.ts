/** Two versions of an operation: its address, what callers send, what they read, and what it may do. */
import { canonicalJson, type OperationContract } from '#kernel';
import type { ValueSettings } from '#schema';
import type { ContractDifference } from './contract-difference.ts';
import { compareFields } from './fields.ts';

export function compareOperations(
  key: string,
  was: OperationContract,
  now: OperationContract,
  settings: ValueSettings,
): readonly ContractDifference[] {
  const differences: ContractDifference[] = [];
  const tell = (member: string, change: string, compatible: boolean): void =>
    void differences.push({ member: member === '' ? key : `${key}#${member}`, change, compatible });
  if (was.name !== now.name) tell('', `was called ${was.name}`, true);
  const address = (contract: OperationContract): string => `${contract.http.method} ${contract.http.path}`;
  if (address(was) !== address(now)) tell('http', `was at ${address(was)}`, false);
  if (was.http.status !== now.http.status) tell('http', `answered ${was.http.status} and answers ${now.http.status}`, false);
  const shape = ({ query, headers, body, names, extra, answers, refusals }: OperationContract['http']): string =>
    canonicalJson([
      query ?? null,
      headers ?? null,
      body ?? null,
      names ?? null,
      extra ?? null,
      answers ?? null,
      (refusals ?? null) as never,
    ]);
  if (shape(was.http) !== shape(now.http)) tell('http', 'is spoken with in another shape', false);
  if (canonicalJson(was.http.takes ?? null) !== canonicalJson(now.http.takes ?? null)) {
    const before = was.http.takes ?? ['application/json'];
    const after = now.http.takes ?? ['application/json'];
    tell(
      'http',
      `takes ${after.join(', ')}, and took ${before.join(', ')}`,
      before.every((type) => after.includes(type)),
    );
  }
  if ((was.output as { whole?: true } | null)?.whole !== (now.output as { whole?: true } | null)?.whole)
    tell('output', 'answers in another shape', false);
  if (was.on !== now.on) tell('on', 'acts on another row', false);
  differences.push(...compareFields(`${key}#input/`, was.input, now.input, 'input', settings));
  if (canonicalJson(was.output) !== canonicalJson(now.output)) {
    if (was.output !== null && now.output !== null && 'fields' in was.output && 'fields' in now.output)
      differences.push(...compareFields(`${key}#output/`, was.output.fields, now.output.fields, 'output', settings));
    else tell('output', was.output === null ? 'answers with something now' : 'answers with something else', was.output === null);
  }
  const excluded =
    was.roles.length === 0 ? now.roles.length > 0 : now.roles.length > 0 && was.roles.some((role) => !now.roles.includes(role));
  if (canonicalJson(was.roles) !== canonicalJson(now.roles))
    tell('roles', `may be called by ${now.roles.join(', ') || 'whoever may write'}`, !excluded);
  if (canonicalJson(was.transition ?? null) !== canonicalJson(now.transition ?? null)) {
    const narrower =
      now.transition !== undefined &&
      (was.transition === undefined ||
        was.transition.to !== now.transition.to ||
        was.transition.from.some((state) => now.transition?.from.includes(state) !== true));
    tell('transition', 'makes another change of state', !narrower);
  }
  if (canonicalJson(was.capabilities) !== canonicalJson(now.capabilities)) tell('capabilities', 'may do other things', true);
  if (canonicalJson(was.points ?? null) !== canonicalJson(now.points ?? null)) tell('strategies', 'can go other ways', true);
  if (canonicalJson(was.caps) !== canonicalJson(now.caps)) tell('caps', 'has other limits', true);
  return differences;
}
