/** Two versions of a view: only its columns are promised; rows and their order follow the data. */
import { canonicalJson, type ViewContract } from '#kernel';
import type { ContractDifference } from './contract-difference.ts';

export function compareViews(key: string, was: ViewContract, now: ViewContract): readonly ContractDifference[] {
  const differences: ContractDifference[] = [];
  const tell = (member: string, change: string, compatible: boolean): void =>
    void differences.push({ member: member === '' ? key : `${key}#${member}`, change, compatible });
  if (was.name !== now.name) tell('', `was called ${was.name}`, false);
  for (const column of was.columns) {
    const same = now.columns.find((candidate) => candidate.name === column.name);
    if (same === undefined) tell(`column/${column.name}`, 'is gone', false);
    else if (canonicalJson({ ...same.value.type, optional: false }) !== canonicalJson({ ...column.value.type, optional: false }))
      tell(`column/${column.name}`, 'is of another type', false);
    else if (canonicalJson(same) !== canonicalJson(column)) tell(`column/${column.name}`, 'is computed or labelled differently', true);
  }
  for (const column of now.columns)
    if (!was.columns.some((candidate) => candidate.name === column.name)) tell(`column/${column.name}`, 'is new', true);
  if (was.from !== now.from) tell('from', 'shows rows of another entity', false);
  for (const member of ['where', 'order', 'limit', 'show', 'title'] as const) {
    if (canonicalJson(was[member] ?? null) !== canonicalJson(now[member] ?? null)) tell(member, 'is different', true);
  }
  return differences;
}
